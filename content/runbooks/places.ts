/** Where things are in one environment, as far as runbooks name them. The charts fill it in: see stack/places.ts. */

/** Pods that runbooks look at. */
export interface Program {
  /** What they are called in a sentence. */
  readonly title: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Selects the pods, as `kubectl -l` takes it. */
  readonly selector: string;
}

/** A program with a page for people. */
export interface Ui extends Program {
  /** Name of its Service. */
  readonly service: string;
  /** Port of that Service. */
  readonly port: number;
}

/** The claim of a program, or one for each of its pods. */
export interface Claims {
  /** The name of the one, or what the names of all begin with: a dash and the number of the pod follow. */
  readonly name: string;
  readonly each: boolean;
}

/** What Prometheus lists in a namespace to find its targets. */
export interface Discovery {
  /** The resource and its API group, as `kubectl auth can-i` takes it. */
  readonly resource: 'endpointslices.discovery.k8s.io' | 'pods';
  readonly namespace: string;
}

/** What the commands and the texts of runbooks name. */
export interface Places {
  /** Name of the environment, as in `environments/<name>.yaml`. */
  readonly environment: string;
  /** The stack's namespace. */
  readonly namespace: string;
  /** Where senders in other namespaces send to: the host, and its ports for OTLP over gRPC and over HTTP. */
  readonly intake: { readonly service: string; readonly ports: readonly number[] };
  readonly collector: Program;
  /** How the services' metrics reach Prometheus. */
  readonly metricsPath: 'scrape' | 'otlp';
  readonly prometheus: Ui;
  /** Prometheus' ServiceAccount, as `kubectl auth can-i --as` takes it. */
  readonly prometheusAccount: string;
  /** What Prometheus lists in Kubernetes. */
  readonly discoveries: readonly Discovery[];
  /** The ConfigMap and the file in it that hold the stack's rules. */
  readonly rules: { readonly configMap: string; readonly file: string };
  /** The pods of Jaeger that write spans. */
  readonly jaegerWriter: Program;
  /** The pods of Jaeger that serve the UI: the writer itself where the store is inside it. */
  readonly jaegerReader: Ui;
  /** Whether Jaeger has the page Monitor, which asks Prometheus. */
  readonly monitor: boolean;
  /** Where Jaeger keeps spans. */
  readonly store: 'badger' | 'opensearch' | 'elasticsearch' | 'cassandra';
  /** Whether spans reach Jaeger by Kafka. */
  readonly kafka: boolean;
  /** Name of the CronJob that deletes old indices; null where the store needs none. */
  readonly indexCleaner: string | null;
  readonly grafana: Ui;
  /** What evaluates the alerts, and notifies. */
  readonly evaluatedBy: 'prometheus' | 'grafana';
  /** Null where it is switched off. */
  readonly alertmanager: Ui | null;
  /** Whether Prometheus sends alerts to Alertmanagers outside of the stack. */
  readonly outsideAlertmanagers: boolean;
  /** The claims of each program; null where it keeps nothing on a claim. */
  readonly claims: Readonly<Record<'collector' | 'prometheus' | 'alertmanager' | 'jaeger' | 'grafana', Claims | null>>;
  /** Jan Server, whose Deployments and Services are named `<application>-llm-api` and so on; null where it is not in this cluster. */
  readonly janServer: { readonly namespace: string; readonly application: string } | null;
  /** The pods of vLLM; null where it is not scraped. */
  readonly vllm: Program | null;
}
