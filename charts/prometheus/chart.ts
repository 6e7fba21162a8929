import { type RuleFile, readRuleFile } from '../../config/files/rules';
import { ConfigError } from '../../config/problems';
import { addConfigFiles, toYaml } from '../../lib/config-file';
import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import { type ComponentParty, OPERATOR } from '../../lib/parties';
import type { Pod } from '../../lib/pod';
import { Workload } from '../../lib/workload';
import type { RuleFileContent } from '../../promql/rules/schema';
import { type Claim, stateMount } from '../common/claim';
import { folderOf, type StackContext } from '../common/context';
import type { Datasource } from '../common/datasource';
import type { ForwardedPort } from '../common/part';
import { accountOf, identityOf, PartChart } from '../common/part-chart';
import { type Account, addRole, DISCOVERY, type Grant, PODS } from '../common/roles';
import type { ScrapeJob } from '../common/scrape-jobs';
import { type ScrapeTarget, targetJob } from '../common/scrape-target';
import { prometheusDatasource } from './datasource';
import type { PrometheusSettings } from './schema';
import { CONFIG_PATH, flags, RULES_PATH, serverConfig } from './server-config';

/** User `nobody` of the image's busybox variant (prometheus/prometheus, Dockerfile). */
export const USER = 65534;

/** Prometheus: scrapes the stack and what it monitors, stores the series, evaluates the alerts. */
export class Prometheus extends PartChart {
  readonly #party: ComponentParty;
  readonly #identity: Identity;
  readonly #claim: Claim;
  readonly #targets: ScrapeTarget[] = [];
  readonly #rules: RuleFile[] = [];
  #lateSeconds: number | null = null;
  #jobs: readonly OwnedJob[] | undefined;
  /** The UI, the HTTP API and Prometheus' own metrics. */
  readonly http: Endpoint;

  constructor(
    context: StackContext,
    readonly settings: PrometheusSettings,
  ) {
    super(context, '30-prometheus');
    this.#identity = identityOf(context, 'prometheus', 'metrics');
    this.#party = context.topology.component('prometheus', selectorLabels(this.#identity));
    this.#claim = { name: 'prometheus-data', size: settings.storage };
    this.http = context.topology.endpoint(this.#party, PORTS.prometheus);
  }

  /** The ServiceAccount of Prometheus. */
  get account(): Account {
    return accountOf(this.context, this.#party);
  }

  get ingressPorts(): readonly Endpoint[] {
    return [this.http];
  }

  get forwards(): readonly ForwardedPort[] {
    return [{ title: 'Prometheus', endpoint: this.http, variable: 'PROMETHEUS_PORT' }];
  }

  get pods(): readonly ComponentParty[] {
    return [this.#party];
  }

  get claim(): Claim | null {
    return this.settings.replicas === 1 ? this.#claim : null;
  }

  datasource(grafana: Pod): Datasource {
    const hasTracePage = this.context.content.dashboards().has(DASHBOARD_UIDS.trace);
    return prometheusDatasource(grafana, this.http, this.settings, hasTracePage);
  }

  /**
   * Scrapes pods besides those that the environment names: adds the job, the NetworkPolicy rule, and the Role in their namespace.
   *
   * @example
   * stack.prometheus.scrape({ job: 'shop', namespace: 'shop', podLabels: { app: 'shop' }, port: 8080 });
   */
  scrape(target: ScrapeTarget): void {
    this.context.checkOpen('prometheus.scrape');
    this.#targets.push(target);
  }

  /**
   * Adds a rule file, as a file in `rules/` would be. Its expressions are checked against the catalogue of metrics when the manifests
   * are made.
   * @param name name of the file, as `shop.yaml`
   * @param content an object in the form of a rule file, or its YAML
   * @throws ConfigError if it is not a rule file
   *
   * @example
   * stack.prometheus.addRules('shop.yaml', { groups: [{ name: 'shop', rules: [{ alert: 'ShopDown', expr: 'up{job="shop"} == 0' }] }] });
   */
  addRules(name: string, content: RuleFileContent | string): void {
    this.context.checkOpen('prometheus.addRules');
    const read = readRuleFile(`rules/${name}`, name, typeof content === 'string' ? content : toYaml(content));
    if (!read.ok) throw new ConfigError(read.problems);
    this.#rules.push(read.value);
  }

  /** Rule files that were added. */
  get addedRules(): readonly RuleFile[] {
    return this.#rules;
  }

  /**
   * The address that receives metrics by OTLP. A call of this method enables the receiver.
   * @param lateSeconds by how many seconds a metric may be late and still be stored
   */
  otlpUrl(client: ComponentParty, lateSeconds: number): string {
    this.#lateSeconds = Math.max(this.#lateSeconds ?? 0, lateSeconds);
    return this.http.urlFor(client, 'metrics', '/api/v1/otlp');
  }

  /** Every scrape job. */
  get jobs(): readonly ScrapeJob[] {
    return this.#allJobs().map(({ job }) => job);
  }

  /** Names of the jobs of the stack's programs. An alert fires if one of them has no targets. */
  get ownJobs(): readonly string[] {
    return this.#allJobs().flatMap(({ job, isOwn }) => (isOwn ? [job.job_name] : []));
  }

  grants(): readonly Grant[] {
    const account = this.#party.name;
    const parts = this.context.parts().flatMap(({ part: { scrapeRight } }) => scrapeRight ?? []);
    const targets = this.#targets
      .filter(({ namespace }) => namespace !== this.context.namespace)
      .map(({ namespace }) => ({ namespace, folder: folderOf(this.context, namespace, namespace), right: PODS }));
    return [...parts, ...targets].map((right) => ({ account, ...right }));
  }

  render(): void {
    const { settings, context } = this;
    const { replicas, storage, resources } = settings;
    const pod = this.pod({
      party: this.#party,
      identity: this.#identity,
      image: context.image('prometheus'),
      replicas,
      user: USER,
      resources,
      stopSeconds: 300,
    });
    const files = pod.configFolder('config', CONFIG_PATH);
    const rules = pod.configFolder('rules', RULES_PATH);
    pod.mount(
      stateMount(replicas, 'data', '/prometheus', this.#claim, { size: storage, className: context.storageClass }),
    );
    pod.useApiServer(context.apiServer);
    const additions = { jobs: this.jobs, lateSeconds: this.#lateSeconds };
    const config = serverConfig(context, settings, pod, additions);
    files.add(addConfigFiles(this, 'prometheus-config', { 'prometheus.yaml': toYaml(config) }));
    this.#renderRules((configMap) => rules.add(configMap));
    addRole(this, DISCOVERY, this.account);
    this.http.allow(OPERATOR, 'UI');
    pod.args(...flags(additions));
    new Workload(this, 'workload', pod, {
      ports: [this.http],
      // Each replica scrapes at different moments. A graph would jump if its queries reached a different replica each time.
      sticky: replicas > 1,
      // A start replays the write-ahead log, which takes minutes after hours of data.
      probes: { endpoint: this.http, readyPath: '/-/ready', livePath: '/-/healthy', startSeconds: 900 },
    });
  }

  /**
   * The user's rules are in a separate ConfigMap, so that the stack's rules and the user's may each have the full size of an object. It
   * always exists, so that the first rule file needs no restart.
   */
  #renderRules(mount: (configMap: ReturnType<typeof addConfigFiles>) => void): void {
    const { groups, userRules } = this.context.content;
    mount(addConfigFiles(this, 'prometheus-rules', { 'stack.yaml': toYaml({ groups: groups() }) }));
    const userFiles = userRules().map(({ name, content }) => [`user-${name}`, toYaml(content)]);
    mount(addConfigFiles(this, 'prometheus-rules-user', Object.fromEntries(userFiles)));
  }

  /** Prometheus' own job, those of the components, and those of users of the library. */
  #allJobs(): readonly OwnedJob[] {
    this.#jobs ??= [
      { job: selfJob(this.http.port), isOwn: true },
      ...this.context
        .parts()
        .flatMap(({ part, kind }) =>
          (part.scrapeJobs?.(this.#party) ?? []).map((job) => ({ job, isOwn: kind === 'program' })),
        ),
      ...this.#targets.map((target) => ({
        job: targetJob(this.context.topology, this.#party, target),
        isOwn: false,
      })),
    ];
    return this.#jobs;
  }
}

/** A scrape job, and whether its target is a program of the stack. */
interface OwnedJob {
  readonly job: ScrapeJob;
  readonly isOwn: boolean;
}

const selfJob = (port: number): ScrapeJob => ({
  job_name: 'prometheus',
  static_configs: [{ targets: [`localhost:${port}`] }],
});
