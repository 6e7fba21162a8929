import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Config } from '../../config/load';
import { PLATFORMS } from '../../config/platforms';
import { addObject, k8s } from '../../lib/k8s';
import { objectLabels } from '../../lib/labels';
import type { Placement } from '../../lib/placement';

/** Where every pod of an environment is put. */
export const placementOf = ({ namespace, platform, scheduling }: Config): Placement => ({
  platform: PLATFORMS[platform],
  priorityClassName: scheduling.priority === null ? null : namespace,
  spread: scheduling.spread,
});

/** The PriorityClass of the stack, named as its namespace. It waits for room, and puts no running pod out. */
export class PriorityChart extends Chart {
  constructor(scope: Construct, id: string, { namespace, scheduling }: Config) {
    super(scope, id, { labels: objectLabels(namespace), disableResourceNameHashes: true });
    addObject(this, 'priority-class', k8s.KubePriorityClass, {
      metadata: { name: namespace },
      value: scheduling.priority ?? 0,
      preemptionPolicy: 'Never',
      description: 'The observability stack in this namespace',
    });
  }
}
