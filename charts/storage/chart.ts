import type { Construct } from 'constructs';
import { ComponentChart } from '../../lib/component-chart';
import { NEVER_PRUNED } from '../../lib/gitops';
import { addObject, k8s } from '../../lib/k8s';
import type { Claim } from '../common/claim';

/**
 * The PersistentVolumeClaims of components with one pod. They are rendered in a separate file, so that the data survives when the workloads
 * are deleted. GitOps tools leave them in the cluster too.
 */
export class StorageChart extends ComponentChart {
  /** @param className StorageClass of all claims; null: the cluster's default */
  constructor(scope: Construct, id: string, namespace: string, className: string | null, claims: readonly Claim[]) {
    super(scope, id, namespace);
    for (const { name, size } of claims) {
      addObject(this, name, k8s.KubePersistentVolumeClaim, {
        metadata: { name, annotations: NEVER_PRUNED },
        spec: {
          accessModes: ['ReadWriteOnce'],
          ...(className !== null && { storageClassName: className }),
          resources: { requests: { storage: k8s.Quantity.fromString(size) } },
        },
      });
    }
  }
}
