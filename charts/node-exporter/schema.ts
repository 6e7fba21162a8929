import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { resources } from '../../config/schema/common';
import { dnsLabel } from '../../config/units';

/** node-exporter. */
export const schema = z
  .strictObject({
    enabled: z.boolean().default(false).describe('true: a pod on every node, which exports metrics of the node'),
    namespace: dnsLabel()
      .default('jan-node-exporter')
      .describe(
        "a separate namespace with the `privileged` Pod Security level: node-exporter reads the node's network, processes and folders",
      ),
    resources: resources({ cpu: '50m', memory: '64Mi', ephemeralStorage: '32Mi' }),
  })
  .prefault({})
  .describe('node-exporter: CPU, memory, disks and network of each node');

/** This key of an environment, with all defaults. */
export type NodeExporterSettings = Immutable<z.output<typeof schema>>;
