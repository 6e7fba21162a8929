import type { Construct } from 'constructs';
import { ComponentChart } from '../../lib/component-chart';
import { addDiscoveryRole, addPodReaderRole } from './roles';

/** What must live in Jan Server's namespace. */
export interface JanServerProps {
  /** Namespace of Jan Server. It is never rendered here: it belongs to Jan Server. */
  readonly janNamespace: string;
  /** Namespace of the stack. */
  readonly namespace: string;
  /** ServiceAccount of Prometheus; null where it discovers nothing there. */
  readonly prometheus: string | null;
  /** ServiceAccount of the Collector. */
  readonly collector: string;
}

/** The rights of the stack in Jan Server's namespace: to read pods, Services and endpoint slices, and nothing else. */
export class JanServerChart extends ComponentChart {
  constructor(scope: Construct, id: string, { janNamespace, namespace, prometheus, collector }: JanServerProps) {
    super(scope, id, janNamespace, namespace);
    if (prometheus !== null) addDiscoveryRole(this, { name: prometheus, namespace });
    addPodReaderRole(this, { name: collector, namespace });
  }
}
