import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { resources } from '../../config/schema/common';

/** kube-state-metrics. */
export const schema = z
  .strictObject({
    enabled: z.boolean().default(true).describe('false: no metrics about the state of pods, workloads and claims'),
    resources: resources({ cpu: '50m', memory: '128Mi', ephemeralStorage: '64Mi' }),
  })
  .prefault({})
  .describe("kube-state-metrics: the state of the workloads in the stack's namespace and in Jan Server's");

/** This key of an environment, with all defaults. */
export type KubeStateMetricsSettings = Immutable<z.output<typeof schema>>;
