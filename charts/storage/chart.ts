import type { Construct } from 'constructs';
import { ComponentChart } from '../../lib/component-chart';
import { addObject, k8s } from '../../lib/k8s';

/** The claims, by the component that mounts them. */
export const CLAIMS = {
  collector: 'otel-collector-queue',
  prometheus: 'prometheus-data',
  jaeger: 'jaeger-data',
  grafana: 'grafana-data',
} as const;

/** What the claims are made from. */
export interface StorageProps {
  readonly namespace: string;
  /** StorageClass of all claims; null: the cluster's default. */
  readonly className: string | null;
  /** Size of each claim. */
  readonly sizes: Readonly<Record<keyof typeof CLAIMS, string>>;
}

/** One PersistentVolumeClaim a component. They are rendered apart from the workloads, so that deleting those keeps the data. */
export class StorageChart extends ComponentChart {
  constructor(scope: Construct, id: string, { namespace, className, sizes }: StorageProps) {
    super(scope, id, namespace);
    for (const [component, name] of Object.entries(CLAIMS)) {
      addObject(this, name, k8s.KubePersistentVolumeClaim, {
        metadata: { name },
        spec: {
          accessModes: ['ReadWriteOnce'],
          ...(className !== null && { storageClassName: className }),
          resources: { requests: { storage: k8s.Quantity.fromString(sizes[component as keyof typeof CLAIMS]) } },
        },
      });
    }
  }
}
