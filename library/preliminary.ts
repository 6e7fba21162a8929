/**
 * The construct, written over the charts as they are. What is added later is patched into finished objects here; charts that render
 * late need none of that.
 */
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { z } from 'zod';
import { AlertmanagerChart } from '../charts/alertmanager/chart';
import { checkStack } from '../charts/checks/stack';
import { CollectorChart } from '../charts/collector/chart';
import { connectConfigured, declareEndpoints, janServerPods } from '../charts/endpoints';
import { GrafanaChart } from '../charts/grafana/chart';
import type {
  AlertmanagerHandle,
  CollectorHandle,
  Component,
  GrafanaHandle,
  JaegerHandle,
  NetworkHandle,
  Pods,
  Port,
  PrometheusHandle,
  ScrapeJob,
} from '../charts/handles';
import { JaegerChart } from '../charts/jaeger/chart';
import { addKept } from '../charts/keep';
import { KubeStateMetricsChart } from '../charts/kube-state-metrics/chart';
import { NetworkChart } from '../charts/network/chart';
import { NodeExporterChart } from '../charts/node-exporter/chart';
import { applyPatches } from '../charts/patches';
import { PrometheusChart } from '../charts/prometheus/chart';
import { POD_LABELS, RUNNING } from '../charts/prometheus/relabel';
import { ownJobs, serverConfig } from '../charts/prometheus/server-config';
import { OutsideRightsChart, outsideRights } from '../charts/rights/outside';
import { addRole } from '../charts/rights/roles';
import { placementOf } from '../charts/scheduling/chart';
import type { EnvironmentInput } from '../config/environment-input';
import type { Checked } from '../config/files/parse';
import type { RuleFile } from '../config/files/rules';
import { type ImageKey, imageOf } from '../config/images';
import { checkedDashboard, checkedRules, contractInput, doubledDashboards, doubledNames } from '../config/input/files';
import { checkedInput, checkedWith } from '../config/input/input';
import { inProps } from '../config/input/place';
import type { Config } from '../config/load';
import { ConfigError } from '../config/problems';
import { scrapeDuration } from '../config/schema/common';
import { labels } from '../config/schema/overrides';
import type { DashboardInput, RuleFileInput, StackFiles } from '../config/stack-files';
import { dnsLabel, port as portNumber } from '../config/units';
import { environmentRules } from '../content/alerts/environment';
import { addConfigFiles, toYaml } from '../lib/config-file';
import type { Endpoint } from '../lib/endpoint';
import { slug } from '../lib/slug';
import { OPERATOR, type PodsParty, Topology } from '../lib/topology';

/** What a stack is made from. */
export interface ObservabilityStackProps extends StackFiles {
  /** Name of the environment: value of `deployment.environment.name` and of the external label `environment`. At most 42 characters: lower-case letters, digits, `-`. */
  readonly environment: string;
  /**
   * What `environments/<name>.yaml` holds. It is checked in the same way.
   * @default - every key has its default; that includes Jan Server in the namespace `jan-server`
   */
  readonly settings?: EnvironmentInput;
  /**
   * Where charts go that are applied or kept apart from the programs. It is called once for each folder that `make synth` writes beside
   * them: `keep` (the Namespace and the claims, so that deleting the programs keeps the data), and one for each namespace that
   * is not the stack's own, as `jan-server`.
   * @default - below the stack, as `<id>/<folder>`
   */
  readonly scopeOf?: (folder: string) => Construct;
}

const podsSchema = z.strictObject({ namespace: dnsLabel(), podLabels: labels.default({}) });
const jobSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/)
    .meta({ 'x-allowed': 'letters, digits, "-", "_" and ".", at most 63 characters', examples: ['shop'] }),
  namespace: dnsLabel(),
  podLabels: labels.refine((given) => Object.keys(given).length > 0, { error: 'at least one label' }),
  port: portNumber(),
  path: z
    .string()
    .regex(/^\/[-\w./~]{0,200}$/)
    .default('/metrics')
    .meta({ 'x-allowed': 'a path that begins with /', examples: ['/metrics'] }),
  interval: scrapeDuration().optional(),
});

/**
 * OpenTelemetry Collector, Prometheus, Jaeger, Grafana, Alertmanager and what they need, from one typed configuration.
 *
 * @example
 * import { App } from 'cdk8s';
 * import { ObservabilityStack, synth } from 'cdk8s-observability';
 *
 * const app = new App();
 * const stack = new ObservabilityStack(app, 'observability', {
 *   environment: 'development',
 *   settings: { janServer: null, prometheus: { retention: { time: '7d' } } },
 * });
 * stack.network.allow({ namespace: 'ingress-nginx' }, stack.grafana.http);
 * synth(app);
 */
export class ObservabilityStack extends Construct {
  /** Takes OTLP from services. */
  readonly collector: CollectorHandle;
  /** Scrapes, keeps series, evaluates rules. */
  readonly prometheus: PrometheusHandle;
  /** Keeps traces. */
  readonly jaeger: JaegerHandle;
  /** Shows all of it. */
  readonly grafana: GrafanaHandle;
  /** Groups alerts and notifies people; null where the settings switch it off. */
  readonly alertmanager: AlertmanagerHandle | null;
  /** Who may connect to whom. */
  readonly network: NetworkHandle;

  readonly #config: Config;
  readonly #built: Built;
  #rules: readonly RuleFile[];
  #dashboards: Config['dashboards'];

  /**
   * @param scope an App, or any construct below one; none is made here
   * @param id name below the scope; the rendered files begin with it
   * @throws ConfigError with everything that is wrong with the properties, each with its path
   * @throws Error where this package has found another copy of cdk8s than the app
   */
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id);
    checkOneCopy(this);
    const config = checkedInput(this.node.path, props);
    this.#config = config;
    this.#rules = config.rules;
    this.#dashboards = config.dashboards;
    const scopeOf = props.scopeOf ?? ((folder: string) => new Construct(this, folder));
    const built = inWords(this, config, () => build(this, config, scopeOf));
    this.#built = built;
    const { charts, endpoints } = built;
    this.collector = Object.assign(
      componentOf(() => [charts.collector]),
      { otlpGrpc: this.#port(endpoints.collector.otlpGrpc), otlpHttp: this.#port(endpoints.collector.otlpHttp) },
    );
    this.jaeger = Object.assign(
      componentOf(() => [charts.jaeger]),
      { query: this.#port(endpoints.jaeger.query) },
    );
    const { alertmanager } = charts;
    this.alertmanager =
      alertmanager === null || endpoints.alertmanager === null
        ? null
        : Object.assign(
            componentOf(() => [alertmanager]),
            { http: this.#port(endpoints.alertmanager.http) },
          );
    this.prometheus = Object.assign(
      componentOf(() => [charts.prometheus]),
      {
        http: this.#port(endpoints.prometheus.http),
        scrape: (job: ScrapeJob) => this.#scrape(job),
        addRules: (file: RuleFileInput) => this.#addRules(file),
      },
    );
    this.grafana = Object.assign(
      componentOf(() => [charts.grafana]),
      {
        http: this.#port(endpoints.grafana.http),
        addDashboard: (dashboard: DashboardInput) => this.#addDashboard(dashboard),
      },
    );
    this.network = Object.assign(
      componentOf(() => [built.network.chart]),
      {
        allow: (from: Pods, to: Port) => {
          to.addressFor(from);
        },
      },
    );
    this.node.addValidation({ validate: () => this.#problems() });
  }

  #scrape(given: ScrapeJob): void {
    const job = this.#ok(checkedWith(this.#at('prometheus.scrape(job)'), jobSchema, given));
    const { charts, endpoints, topology, network } = this.#built;
    const { settings } = charts;
    if (settings.scrape_configs.some(({ job_name }) => job_name === job.name)) {
      const allowed = 'a name that no other job has';
      const path = 'prometheus.scrape(job).name';
      throw new ConfigError([{ file: this.node.path, path, value: job.name, allowed, fix: 'rename the job' }]);
    }
    settings.scrape_configs.push(scrapeConfig(job));
    this.prometheus
      .apiObject('ConfigMap', 'prometheus-config')
      .addJsonPatch(JsonPatch.replace('/data/prometheus.yaml', toYaml(settings)));
    const server = partyOf(job, job.name);
    topology.connect({
      client: endpoints.prometheus.party,
      server,
      port: job.port,
      protocol: 'TCP',
      purpose: 'scrape',
    });
    network.redraw();
    this.#letFind(job.namespace);
  }

  /** Prometheus finds pods by their labels: it needs the right to list them. */
  #letFind(namespace: string): void {
    const { account, rights, scopeOf } = this.#built;
    const known = rights.get(namespace);
    const outside = { folder: `scrape-${namespace}`, namespace, grants: [] };
    const chart = known ?? new OutsideRightsChart(scopeOf(outside.folder), '20-roles', outside, account.namespace);
    rights.set(namespace, chart);
    const has = (purpose: string) =>
      chart.node.tryFindChild(`role-${account.namespace}-${account.name}-${purpose}`) !== undefined;
    if (!has('pods') && !has('discovery')) addRole(chart, 'pods', account);
  }

  #addRules(given: RuleFileInput): void {
    const file = this.#ok(checkedRules(this.#at('prometheus.addRules(file)'), given));
    const rules = [...this.#rules, file];
    const doubled = doubledNames(this.node.path, rules);
    if (doubled.length > 0) throw new ConfigError(doubled);
    this.#rules = rules;
    const object = this.prometheus.apiObject('ConfigMap', 'prometheus-rules-user');
    if (rules.length === 1) object.addJsonPatch(JsonPatch.add('/data', {}));
    object.addJsonPatch(JsonPatch.add(`/data/user-${file.name}`, toYaml(file.content)));
  }

  #addDashboard(given: DashboardInput): void {
    const dashboard = this.#ok(checkedDashboard(this.#at('grafana.addDashboard(dashboard)'), given));
    const dashboards = [...this.#dashboards, dashboard];
    const doubled = doubledDashboards(this.node.path, dashboards);
    if (doubled.length > 0) throw new ConfigError(doubled);
    this.#dashboards = dashboards;
    const key = `user-${slug(dashboard.uid)}`;
    const name = `grafana-dashboard-${key}`;
    addConfigFiles(this.#built.charts.grafana, name, { [`${key}.json`]: dashboard.text });
    const workload = this.grafana.apiObject('Deployment');
    const { volumes } = workload.toJson().spec.template.spec as { volumes: readonly { readonly name: string }[] };
    const index = volumes.findIndex((volume) => volume.name === 'dashboards');
    const path = `/spec/template/spec/volumes/${index}/projected/sources/-`;
    workload.addJsonPatch(JsonPatch.add(path, { configMap: { name } }));
  }

  /** Known only when all is there: what was added since, too. */
  #problems(): string[] {
    const contract = contractInput(this.node.path, this.#config, { rules: this.#rules, dashboards: this.#dashboards });
    if (contract.length > 0) return [new ConfigError(contract).message];
    const { all, rights, topology, network } = this.#built;
    const charts = [...new Set([...all, ...rights.values(), network.chart])].filter(
      (chart) => chart.node.scope?.node.tryFindChild(chart.node.id) === chart,
    );
    try {
      checkStack(this.#config.environment, asApps(charts), topology, []);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  }

  #port(endpoint: Endpoint): Port {
    const { namespace, cluster } = this.#config;
    const addressFor = (given: Pods): string => {
      const pods = this.#ok(checkedWith(this.#at('pods'), podsSchema, given));
      endpoint.allow(partyOf(pods, pods.namespace), 'allowed by the app');
      this.#built.network.redraw();
      return `${endpoint.server.name}.${namespace}.svc.${cluster.domain}:${endpoint.port}`;
    };
    return { port: endpoint.port, name: endpoint.name, addressFor, urlFor: (pods) => `http://${addressFor(pods)}` };
  }

  #at(property: string) {
    return { construct: this.node.path, property };
  }

  #ok<T>(result: Checked<T>): T {
    if (!result.ok) throw new ConfigError(result.problems);
    return result.value;
  }
}

/** An App only writes charts of its own copy of cdk8s: those of another one would be missing in silence. */
function checkOneCopy({ node: { root } }: Construct): void {
  if (root.constructor.name !== 'App' || root instanceof App) return;
  throw new Error(
    'cdk8s-observability has found another copy of cdk8s than your app, whose charts your app would not write. Let `npm ls cdk8s` show one copy: with `npm link` or a `file:` dependency, install the packed tarball instead.',
  );
}

type Built = ReturnType<typeof build>;

/** The table of contents, with scopes that are given. */
function build(scope: Construct, config: Config, scopeOf: (folder: string) => Construct) {
  const topology = new Topology(config.cluster.domain);
  const endpoints = declareEndpoints(topology, config);
  const { collector, prometheus, alertmanager, jaeger, grafana, kubeStateMetrics } = endpoints;
  const placement = placementOf(config);
  const common = (component: ImageKey) => ({ config, placement, topology, image: imageOf(component, config.images) });
  const jan = janServerPods(config);
  const account = { name: prometheus.party.name, namespace: config.namespace };

  const keep = scopeOf('keep');
  const before = new Set(keep.node.children);
  addKept(keep as App, config, account);
  const kept = keep.node.children.filter((child) => !before.has(child));

  const ends = { own: collector, jaeger, prometheus, senders: [...jan, OPERATOR] };
  const collectorChart = new CollectorChart(scope, '20-collector', { ...common('collector'), ...ends });
  const settings = serverConfig(config, { topology, own: prometheus, ...endpoints });
  const rules = environmentRules(config, ownJobs(settings));
  const charts = {
    settings,
    collector: collectorChart,
    prometheus: new PrometheusChart(scope, '30-prometheus', {
      ...common('prometheus'),
      own: prometheus,
      settings,
      groups: rules.groups,
    }),
    jaeger: new JaegerChart(scope, '40-jaeger', {
      ...common('jaeger'),
      cleanerImage: imageOf('jaegerIndexCleaner', config.images),
      own: jaeger,
      prometheus,
      samplers: [...jan, OPERATOR],
    }),
    grafana: new GrafanaChart(scope, '50-grafana', {
      ...common('grafana'),
      own: grafana,
      prometheus,
      alertmanager,
      jaeger,
      rules,
    }),
    alertmanager:
      alertmanager === null
        ? null
        : new AlertmanagerChart(scope, '60-alertmanager', { ...common('alertmanager'), own: alertmanager }),
  };
  if (kubeStateMetrics !== null)
    new KubeStateMetricsChart(scope, '70-kube-state-metrics', { ...common('kubeStateMetrics'), own: kubeStateMetrics });
  if (config.nodeExporter.enabled)
    new NodeExporterChart(scope, '80-node-exporter', { ...common('nodeExporter'), prometheus: account });
  connectConfigured(topology, config, endpoints);
  const draw = () => new NetworkChart(scope, '10-network', config, topology);
  const network = {
    chart: draw(),
    redraw: () => {
      scope.node.tryRemoveChild('10-network');
      network.chart = draw();
    },
  };
  const rights = new Map(
    outsideRights(config, endpoints).map((outside) => [
      outside.namespace,
      new OutsideRightsChart(scopeOf(outside.folder), '20-roles', outside, config.namespace),
    ]),
  );
  const all = [...scope.node.children, ...kept, ...rights.values()].filter((child) => Chart.isChart(child));
  applyPatches(asApps(all), config.patches, `environments/${config.environment}.yaml`);
  checkStack(config.environment, asApps(all), topology, rules.problems());
  return { topology, endpoints, charts, scopeOf, account, rights, network, all };
}

/** Patches and checks ask no more of an App than for the objects below it. */
const asApps = (charts: readonly Chart[]): App[] => charts as unknown as App[];

/** The objects of charts, as they are when somebody asks. */
function componentOf(charts: () => readonly Chart[]): Component {
  const objects = () => charts().flatMap(({ node }) => node.findAll().filter((one) => ApiObject.isApiObject(one)));
  return {
    get apiObjects() {
      return objects();
    },
    apiObject(kind, name) {
      const all = objects();
      const found = all.filter((object) => object.kind === kind && (name === undefined || object.name === name));
      const [first] = found;
      if (first !== undefined && found.length === 1) return first;
      const names = all.map((object) => `${object.kind}/${object.name}`).join(', ');
      const wanted = name === undefined ? kind : `${kind}/${name}`;
      throw new Error(`${found.length === 0 ? 'no' : 'more than one'} ${wanted} here: there are ${names}`);
    },
  };
}

const partyOf = ({ namespace, podLabels = {} }: Pods, name: string): PodsParty => ({
  kind: 'pods',
  name,
  namespace,
  podLabels,
});

/** As vLLM and DCGM are scraped. */
const scrapeConfig = ({ name, namespace, podLabels, port, path, interval }: z.output<typeof jobSchema>) => ({
  job_name: name,
  ...(path !== '/metrics' && { metrics_path: path }),
  ...(interval !== undefined && { scrape_interval: interval }),
  kubernetes_sd_configs: [
    {
      role: 'pod',
      namespaces: { names: [namespace] },
      selectors: [
        {
          role: 'pod',
          label: Object.entries(podLabels)
            .map(([label, value]) => `${label}=${value}`)
            .join(','),
        },
      ],
    },
  ],
  relabel_configs: [
    RUNNING,
    { source_labels: ['__meta_kubernetes_pod_ip'], target_label: '__address__', replacement: `$1:${port}` },
    ...POD_LABELS,
  ],
});

/** Problems that show while the stack is built name an environment file, and there is none. */
function inWords<T>(stack: Construct, { environment }: Config, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.problems.map((problem) => inProps(stack.node.path, environment, problem)));
  }
}
