import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { APPLIED_FIRST } from '../../lib/gitops';
import { addObject, k8s } from '../../lib/k8s';
import { objectLabels } from '../../lib/labels';

/** The PriorityClass of the stack, named as its namespace. Its pods wait for capacity, and preempt no running pod. */
export class PriorityChart extends Chart {
  constructor(scope: Construct, id: string, namespace: string, value: number) {
    super(scope, id, { labels: objectLabels(namespace), disableResourceNameHashes: true });
    addObject(this, 'priority-class', k8s.KubePriorityClass, {
      metadata: { name: namespace, annotations: APPLIED_FIRST },
      value,
      preemptionPolicy: 'Never',
      description: 'The observability stack in this namespace',
    });
  }
}
