import { z } from 'zod';
import type { Immutable } from '../../config/immutable';
import { resources } from '../../config/schema/common';
import { dnsLabel } from '../../config/units';

/** node-exporter. */
export const schema = z
  .strictObject({
    enabled: z.boolean().default(false).describe('true: a pod on every node, which measures the node'),
    namespace: dnsLabel()
      .default('jan-node-exporter')
      .describe(
        "a namespace of its own, of the `privileged` Pod Security level: it needs the node's network, processes and folders, to read",
      ),
    resources: resources({ cpu: '50m', memory: '64Mi', ephemeralStorage: '32Mi' }),
  })
  .prefault({})
  .describe('node-exporter: CPU, memory, disks and network of each node');

/** This key of an environment, with all defaults. */
export type NodeExporterSettings = Immutable<z.output<typeof schema>>;
