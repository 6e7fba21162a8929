import { App } from 'cdk8s';
import { Construct } from 'constructs';
import type { EnvironmentInput } from '../config/environment-input';
import type { Checked } from '../config/files/parse';
import { ConfigError, type Problem, showValue } from '../config/problems';
import type { Endpoint } from '../lib/endpoint';
import { StackConstruct } from '../stack/stack';
import { componentOf, jobsOf } from './component';
import type {
  AlertmanagerHandle,
  CollectorHandle,
  GrafanaHandle,
  JaegerHandle,
  NetworkHandle,
  Pods,
  Port,
  PrometheusHandle,
  ScrapeTarget,
} from './handles';
import { checkedDashboard, checkedRules, doubledDashboards, doubledNames, expressionInput } from './input/files';
import { checkedInput, checkedWith } from './input/input';
import { inProps } from './input/place';
import { podsSchema, targetSchema } from './input/schemas';
import type { DashboardInput, RuleFileInput, StackFiles } from './stack-files';

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

/** cdk8s leaves a construct of this name out of the names of files. */
const HIDDEN = 'default';

/**
 * OpenTelemetry Collector, Prometheus, Jaeger, Grafana, Alertmanager and what they need, from one typed configuration.
 *
 * Its objects are rendered when the app is synthesized, or when they are asked for. Until then it takes additions.
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
  /** NetworkPolicies: the connections that are allowed. */
  readonly network: NetworkHandle;

  readonly #stack: StackConstruct;

  /**
   * @param scope an App, or any construct below one; none is made here
   * @param id name below the scope; the rendered files begin with it
   * @throws ConfigError with everything that is wrong with the properties, each with its path
   * @throws Error where this package has found another copy of cdk8s than the app
   */
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id);
    checkOneCopy(this);
    const checked = checkedInput(this.node.path, props);
    // Before the stack's own, so that what it finds is said in the words of the properties.
    this.node.addValidation({ validate: () => this.#findings() });
    const { scopeOf } = props;
    const folders = scopeOf && ((folder: string) => this.#folder(scopeOf(folder), `${id}-${folder}`));
    this.#stack = new StackConstruct(this, HIDDEN, checked, { scopeOf: folders });
    const { collector, prometheus, jaeger, grafana, alertmanager } = this.#stack;
    const part = (chart: Parameters<typeof componentOf>[0]) => componentOf(chart, (render) => this.#inWords(render));
    const port = (endpoint: Endpoint) => this.#port(endpoint);
    this.collector = Object.assign(part(collector), {
      otlpGrpc: port(collector.otlpGrpc),
      otlpHttp: port(collector.otlpHttp),
    });
    this.jaeger = Object.assign(part(jaeger), { query: port(jaeger.query) });
    this.alertmanager =
      alertmanager === null ? null : Object.assign(part(alertmanager), { http: port(alertmanager.http) });
    this.prometheus = Object.assign(part(prometheus), {
      http: port(prometheus.http),
      scrape: (target: ScrapeTarget) =>
        prometheus.scrape(this.#ok(checkedWith(this.#at('prometheus.scrape(target)'), targetSchema, target))),
      addRules: (name: string, content: RuleFileInput['content']) => this.#addRules({ name, content }),
    });
    this.grafana = Object.assign(part(grafana), {
      http: port(grafana.http),
      addDashboard: (name: string, content: DashboardInput['content']) => this.#addDashboard({ name, content }),
    });
    this.network = {
      allow: (from, to) => {
        to.addressFor(from);
      },
    };
  }

  /**
   * The scope of a folder: a construct of its own, since several folders, and several stacks, may be given one scope. Whichever App is
   * written first, all charts are there by then.
   */
  #folder(scope: Construct, name: string): Construct {
    const folder = new Construct(scope, name);
    folder.node.addValidation({ validate: () => this.#findings() });
    return folder;
  }

  #addRules(given: RuleFileInput): void {
    const file = this.#ok(checkedRules(this.#at('prometheus.addRules(name, content)'), given));
    this.#refuse(doubledNames(this.node.path, [...this.#files.rules, file]));
    this.#stack.prometheus.addRules(
      file.name,
      given.content as Parameters<StackConstruct['prometheus']['addRules']>[1],
    );
  }

  #addDashboard(given: DashboardInput): void {
    const dashboard = this.#ok(checkedDashboard(this.#at('grafana.addDashboard(name, content)'), given));
    this.#refuse(doubledDashboards(this.node.path, [...this.#files.dashboards, dashboard]));
    this.#stack.grafana.addDashboard(given.name, given.content);
  }

  /** What was given, and what was added since. */
  get #files() {
    const { config, prometheus, grafana } = this.#stack;
    return {
      rules: [...config.rules, ...prometheus.addedRules],
      dashboards: [...config.dashboards, ...grafana.addedDashboards],
    };
  }

  /** @throws ConfigError with what is only known when all is there; nothing is left for cdk8s to say in its own words */
  #findings(): string[] {
    const { config } = this.#stack;
    this.#refuse(expressionInput(this.node.path, config, this.#files));
    const prometheus = this.prometheus.apiObject('ConfigMap', 'prometheus-config');
    this.#refuse(doubledJobs(this.node.path, jobsOf(prometheus)));
    return [];
  }

  #port(endpoint: Endpoint): Port {
    const { namespace, cluster } = this.#stack.config;
    const addressFor = (given: Pods): string => {
      const pods = this.#ok(checkedWith(this.#at('pods'), podsSchema, given));
      this.#stack.allow(pods, endpoint);
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

  #refuse(problems: readonly Problem[]): void {
    if (problems.length > 0) throw new ConfigError(problems);
  }

  /** Problems that show while the objects are rendered name an environment file, and there is none. */
  #inWords<T>(render: () => T): T {
    try {
      return render();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const { environment } = this.#stack.config;
      throw new ConfigError(error.problems.map((problem) => inProps(this.node.path, environment, problem)));
    }
  }
}

/** Two scrape jobs of one name: Prometheus would not start. */
const doubledJobs = (construct: string, jobs: readonly string[]): Problem[] =>
  jobs
    .filter((job, index) => jobs.indexOf(job) !== index)
    .map((job) => ({
      file: construct,
      path: 'prometheus.scrape(target).job',
      value: showValue(job),
      allowed: 'a name that no other job has',
      fix: 'rename the job',
    }));

/** An App only writes charts of its own copy of cdk8s: those of another one would be missing in silence. */
function checkOneCopy({ node: { root } }: Construct): void {
  if (root.constructor.name !== 'App' || root instanceof App) return;
  throw new Error(
    'cdk8s-observability has found another copy of cdk8s than your app, whose charts your app would not write. Let `npm ls cdk8s` show one copy: with `npm link` or a `file:` dependency, install the packed tarball instead.',
  );
}
