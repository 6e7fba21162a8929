/**
 * The interfaces of the construct for its users: addresses, scrape jobs, rules, dashboards, network rules. Only types: they are the public
 * API, which is independent of the charts. Every method that adds something throws an Error once the objects are rendered.
 */
import type { ApiObject } from 'cdk8s';
import type { DashboardInput, RuleFileInput } from './stack-files';

/** Pods of another namespace. */
export interface Pods {
  /** Their namespace. It is never rendered or deleted by the stack. */
  readonly namespace: string;
  /** Labels of the pods. @default - all pods of the namespace */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** A port of the stack that other pods connect to. A request for its address on behalf of some pods also allows their connections. */
export interface Port {
  /** Number of the port. */
  readonly port: number;
  /** Name of the port, as `otlp-grpc`. */
  readonly name: string;
  /**
   * `host:port`, which resolves in any namespace of the cluster. The call allows the pods to connect.
   *
   * @example
   * const address = stack.jaeger.query.addressFor({ namespace: 'tools', podLabels: { app: 'trace-report' } });
   *
   * @throws ConfigError where the namespace is no RFC 1123 label
   */
  addressFor(pods: Pods): string;
  /**
   * `http://host:port`, otherwise the same. OTLP exporters accept this form for gRPC too.
   *
   * @example
   * const env = [
   *   { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'grpc' },
   *   { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: stack.collector.otlpGrpc.urlFor({ namespace: 'shop' }) },
   * ];
   *
   * @throws ConfigError where the namespace is no RFC 1123 label
   */
  urlFor(pods: Pods): string;
}

/** A part of the stack. */
export interface Component {
  /**
   * Its objects, for `addJsonPatch` and `metadata` where no setting exists. Reading them renders the stack; nothing can be added after
   * that.
   */
  readonly apiObjects: readonly ApiObject[];
  /**
   * One of them.
   *
   * @example
   * import { JsonPatch } from 'cdk8s';
   *
   * stack.grafana.apiObject('Service').addJsonPatch(JsonPatch.add('/metadata/annotations', { 'example.com/owner': 'platform' }));
   *
   * @param kind as `Deployment`
   * @param name as `grafana`. @default - the only one of that kind
   * @throws Error if there is none, or more than one; it lists the existing ones
   */
  apiObject(kind: string, name?: string): ApiObject;
}

/** The OpenTelemetry Collector. */
export interface CollectorHandle extends Component {
  /** OTLP over gRPC, port 4317. */
  readonly otlpGrpc: Port;
  /** OTLP over HTTP, port 4318. */
  readonly otlpHttp: Port;
}

/** Pods that serve metrics over HTTP. */
export interface ScrapeTarget extends Pods {
  /** Value of the label `job`, unique in the stack: letters, digits, `-`, `_` and `.`. */
  readonly job: string;
  /** Labels of the pods: at least one. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Port of the pods, from 1 to 65535. */
  readonly port: number;
  /** Path of the metrics. @default '/metrics' */
  readonly path?: string;
  /** How often they are scraped, from `1s` to `2m`. @default - `prometheus.scrapeInterval` of the settings */
  readonly interval?: string;
}

/** Prometheus. */
export interface PrometheusHandle extends Component {
  /** The web UI and the HTTP API, port 9090. */
  readonly http: Port;
  /**
   * Scrapes pods of another namespace. One call adds the job, the network rule, and the right to find pods there.
   *
   * @example
   * stack.prometheus.scrape({ job: 'shop', namespace: 'shop', podLabels: { app: 'shop' }, port: 8080, interval: '30s' });
   *
   * @throws ConfigError if the target is invalid, or its job is taken
   */
  scrape(target: ScrapeTarget): void;
  /**
   * Adds a rule file. Its syntax and its PromQL are checked here; its metrics when the app is synthesized, since a later call may add them.
   *
   * @example
   * stack.prometheus.addRules('targets.yaml', {
   *   groups: [{ name: 'targets', rules: [{ alert: 'ShopDown', expr: 'up{job="shop"} == 0', for: '5m' }] }],
   * });
   *
   * @throws ConfigError if Prometheus would reject the file, or its name is taken
   */
  addRules(name: string, content: RuleFileInput['content']): void;
}

/** Jaeger. */
export interface JaegerHandle extends Component {
  /** The web UI and the query API, port 16686. */
  readonly query: Port;
}

/** Grafana. */
export interface GrafanaHandle extends Component {
  /** The web UI, port 3000. */
  readonly http: Port;
  /**
   * Provisions a dashboard unchanged. Its syntax and its uid are checked here; its metrics when the app is synthesized.
   *
   * @example
   * import { readFileSync } from 'node:fs';
   *
   * stack.grafana.addDashboard('shop.json', readFileSync('dashboards/shop.json', 'utf8'));
   *
   * @throws ConfigError if Grafana could not read it, or its uid is taken
   */
  addDashboard(name: string, content: DashboardInput['content']): void;
}

/** Alertmanager. */
export interface AlertmanagerHandle extends Component {
  /** The web UI and the HTTP API, port 9093. */
  readonly http: Port;
}

/** NetworkPolicies: everything is denied except the connections that the stack needs. */
export interface NetworkHandle {
  /**
   * Allows connections from pods, like `network.allowFrom` of the settings.
   *
   * @example
   * stack.network.allow({ namespace: 'ingress-nginx' }, stack.grafana.http);
   *
   * @param to a port, as `stack.grafana.http`
   */
  allow(from: Pods, to: Port): void;
}
