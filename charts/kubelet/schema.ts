import * as z from 'zod';
import type { Immutable } from '../../config/immutable';

/** The kubelet of each node, and its embedded cAdvisor. */
export const schema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'false: no metrics of containers and volumes, and no ClusterRole, which an administrator of one namespace cannot create',
      ),
    verifyCertificates: z
      .boolean()
      .nullable()
      .default(null)
      .describe(
        "whether a kubelet's certificate must be signed by the cluster's authority; null: where the platform signs them so. Without verification, any server at a node's address can read Prometheus' token",
      ),
  })
  .prefault({})
  .describe(
    'the kubelet of each node, and its embedded cAdvisor: resource usage of containers, and how full volumes are',
  );

/** This key of an environment, with all defaults. */
export type KubeletSettings = Immutable<z.output<typeof schema>>;
