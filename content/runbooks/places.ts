/** Names and addresses in one environment that runbooks use. They are filled in from the charts: see stack/places.ts. */

/** Pods that runbooks inspect. */
export interface Program {
  /** Their name in a sentence. */
  readonly title: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Selects the pods, as `kubectl -l` takes it. */
  readonly selector: string;
}

/** A program with a web UI. */
export interface Ui extends Program {
  /** Name of its Service. */
  readonly service: string;
  /** Port of that Service. */
  readonly port: number;
}

/** The claim of a program, or one for each of its pods. */
export interface Claims {
  /** The name of the claim, or the prefix of several: a dash and the number of the pod follow. */
  readonly name: string;
  readonly each: boolean;
}

/** A resource that Prometheus lists in a namespace to discover its targets. */
export interface Discovery {
  /** The resource and its API group, as `kubectl auth can-i` takes it. */
  readonly resource: 'endpointslices.discovery.k8s.io' | 'pods';
  readonly namespace: string;
}

/** The names that the commands and texts of runbooks contain. */
export interface Places {
  /** Name of the environment, as in `environments/<name>.yaml`. */
  readonly environment: string;
  /** The stack's namespace. */
  readonly namespace: string;
  /** The OTLP endpoint for senders in other namespaces: the host, and its ports for gRPC and HTTP. */
  readonly intake: { readonly service: string; readonly ports: readonly number[] };
  readonly collector: Program;
  /** The load that the queue was computed for; null where it was not. */
  readonly capacity: { readonly spansPerSecond: number; readonly bridgeOutage: string } | null;
  /** How the services' metrics reach Prometheus. */
  readonly metricsPath: 'scrape' | 'otlp';
  readonly prometheus: Ui;
  /** Prometheus' ServiceAccount, as `kubectl auth can-i --as` takes it. */
  readonly prometheusAccount: string;
  /** What Prometheus lists in Kubernetes. */
  readonly discoveries: readonly Discovery[];
  /** The ConfigMap with the stack's rules, and the file in it. */
  readonly rules: { readonly configMap: string; readonly file: string };
  /** The pods of Jaeger that write spans. */
  readonly jaegerWriter: Program;
  /** The pods of Jaeger that serve the UI: with an embedded store, the writer itself. */
  readonly jaegerReader: Ui;
  /** Whether Jaeger has the Monitor tab, which queries Prometheus. */
  readonly monitor: boolean;
  /** Jaeger's storage. */
  readonly store: 'badger' | 'opensearch' | 'elasticsearch' | 'cassandra';
  /** Whether spans reach Jaeger through Kafka. */
  readonly kafka: boolean;
  /** Name of the CronJob that deletes old indices; null where the store needs none. */
  readonly indexCleaner: string | null;
  readonly grafana: Ui;
  /** The program that evaluates the alerts, and sends notifications. */
  readonly evaluatedBy: 'prometheus' | 'grafana';
  /** Null where it is switched off. */
  readonly alertmanager: Ui | null;
  /** Whether Prometheus sends alerts to Alertmanagers outside of the stack. */
  readonly outsideAlertmanagers: boolean;
  /** The claims of each program; null if it has none. */
  readonly claims: Readonly<Record<'collector' | 'prometheus' | 'alertmanager' | 'jaeger' | 'grafana', Claims | null>>;
  /** Jan Server, with Deployments and Services named `<application>-llm-api` and so on; null if it is not in this cluster. */
  readonly janServer: { readonly namespace: string; readonly application: string } | null;
  /** The pods of vLLM; null where it is not scraped. */
  readonly vllm: Program | null;
}
