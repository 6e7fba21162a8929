import type { Construct } from 'constructs';
import type { Config } from '../../config/load';
import { PLATFORMS } from '../../config/platforms';
import { ComponentChart } from '../../lib/component-chart';
import { addObject, k8s } from '../../lib/k8s';

/** The claims, by the component that mounts them. */
export const CLAIMS = {
  collector: 'otel-collector-queue',
  prometheus: 'prometheus-data',
  alertmanager: 'alertmanager-data',
  jaeger: 'jaeger-data',
  grafana: 'grafana-data',
} as const;

/** What the claims are made from. */
export interface StorageProps {
  readonly namespace: string;
  /** StorageClass of all claims; null: the cluster's default. */
  readonly className: string | null;
  /** Size of each claim; undefined where the component has none, or one for each pod. */
  readonly sizes: Readonly<Record<keyof typeof CLAIMS, string | undefined>>;
}

/** The StorageClass of every claim; null: the cluster's default. */
export const classOf = ({ storage, platform }: Pick<Config, 'storage' | 'platform'>): string | null =>
  storage.className ?? PLATFORMS[platform].storageClass;

/** The claims that are rendered: of components with one pod that keeps something. */
export const storageProps = (config: Config): StorageProps => {
  const { namespace, collector, prometheus, alertmanager, jaeger, grafana } = config;
  return {
    namespace,
    className: classOf(config),
    sizes: {
      collector: collector.replicas === 1 ? collector.queue.storage : undefined,
      prometheus: prometheus.replicas === 1 ? prometheus.storage : undefined,
      alertmanager: alertmanager.enabled && alertmanager.replicas === 1 ? alertmanager.storage : undefined,
      jaeger: jaeger.store.type === 'badger' ? jaeger.storage : undefined,
      grafana: grafana.database.type === 'sqlite' ? grafana.storage : undefined,
    },
  };
};

/** One PersistentVolumeClaim a component that has one pod and keeps something. They are rendered apart from the workloads, so that deleting those keeps the data. */
export class StorageChart extends ComponentChart {
  constructor(scope: Construct, id: string, { namespace, className, sizes }: StorageProps) {
    super(scope, id, namespace);
    for (const [component, name] of Object.entries(CLAIMS)) {
      const size = sizes[component as keyof typeof CLAIMS];
      if (size === undefined) continue;
      addObject(this, name, k8s.KubePersistentVolumeClaim, {
        metadata: { name },
        spec: {
          accessModes: ['ReadWriteOnce'],
          ...(className !== null && { storageClassName: className }),
          resources: { requests: { storage: k8s.Quantity.fromString(size) } },
        },
      });
    }
  }
}
