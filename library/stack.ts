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

/** The input of a stack. */
export interface ObservabilityStackProps extends StackFiles {
  /** Name of the environment: value of `deployment.environment.name` and of the external label `environment`. At most 42 characters: lower-case letters, digits, `-`. */
  readonly environment: string;
  /**
   * The content of `environments/<name>.yaml`. It is checked in the same way.
   * @default - every key has its default; that includes Jan Server in the namespace `jan-server`
   */
  readonly settings?: EnvironmentInput;
  /**
   * The scope of charts that are applied or kept separately from the programs. It is called once for each folder that `make synth` writes
   * beside them: `keep` (the Namespace and the claims, so that the data survives when the programs are deleted), `hooks` (the smoke test, a Job
   * that runs after an apply of the programs), and one for each namespace that is not the stack's own, as `jan-server`.
   * @default - below the stack, as `<id>/<folder>`, and without the smoke test
   */
  readonly scopeOf?: (folder: string) => Construct;
}

/** cdk8s omits a construct with this name from file names. */
const HIDDEN = 'default';

/**
 * OpenTelemetry Collector, Prometheus, Jaeger, Grafana, Alertmanager and what they need, from one typed configuration.
 *
 * Its objects are rendered when the app is synthesized, or when they are read. Until then, the methods can add to it.
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
  /** Receives OTLP from services. */
  readonly collector: CollectorHandle;
  /** Scrapes targets, stores series, evaluates rules. */
  readonly prometheus: PrometheusHandle;
  /** Stores traces. */
  readonly jaeger: JaegerHandle;
  /** Shows metrics and traces. */
  readonly grafana: GrafanaHandle;
  /** Groups alerts and sends notifications; null if the settings disable it. */
  readonly alertmanager: AlertmanagerHandle | null;
  /** NetworkPolicies: the connections that are allowed. */
  readonly network: NetworkHandle;

  readonly #stack: StackConstruct;
  #isChecked = false;

  /**
   * @param scope an App, or any construct below one; none is made here
   * @param id name below the scope; the rendered files begin with it
   * @throws ConfigError with all problems of the properties, each with its path
   * @throws Error if this package uses another copy of cdk8s than the app
   */
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id);
    checkOneCopy(this);
    const checked = checkedInput(this.node.path, props);
    // Before the stack's own validation, so that problems name the properties.
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
   * The scope of a folder: a separate construct, since several folders and several stacks may share one scope. All charts exist before the
   * first App is written.
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

  /** The input, with all additions. */
  get #files() {
    const { config, prometheus, grafana } = this.#stack;
    return {
      rules: [...config.rules, ...prometheus.addedRules],
      dashboards: [...config.dashboards, ...grafana.addedDashboards],
    };
  }

  /** @throws ConfigError with the problems that only the complete stack shows, so that cdk8s' own validation finds none */
  #findings(): string[] {
    // cdk8s validates the whole App again for each chart.
    if (this.#isChecked) return [];
    const { config } = this.#stack;
    this.#refuse(expressionInput(this.node.path, config, this.#files));
    const prometheus = this.prometheus.apiObject('ConfigMap', 'prometheus-config');
    this.#refuse(doubledJobs(this.node.path, jobsOf(prometheus)));
    this.#isChecked = true;
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

  /** Problems that occur during rendering would name an environment file, which does not exist here. */
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

/** An App only writes charts of its own copy of cdk8s: those of another copy would be missing without an error. */
function checkOneCopy({ node: { root } }: Construct): void {
  if (root.constructor.name !== 'App' || root instanceof App) return;
  throw new Error(
    'cdk8s-observability has found another copy of cdk8s than your app, whose charts your app would not write. Let `npm ls cdk8s` show one copy: with `npm link` or a `file:` dependency, install the packed tarball instead.',
  );
}
