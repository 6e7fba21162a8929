import type { ApiObject } from 'cdk8s';
import { readDashboard, type UserDashboard } from '../../config/files/dashboards';
import { ConfigError } from '../../config/problems';
import type { RunbookBundles } from '../../content/dashboards/runbooks';
import { addConfigFiles, toJson } from '../../lib/config-file';
import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import { scratchMount } from '../../lib/mount';
import { type ComponentParty, OPERATOR } from '../../lib/parties';
import type { Pod } from '../../lib/pod';
import { slug } from '../../lib/slug';
import { Workload } from '../../lib/workload';
import type { Claim } from '../common/claim';
import type { StackContext } from '../common/context';
import { provisioningFile } from '../common/grafana-values';
import type { ForwardedPort } from '../common/part';
import { identityOf, PartChart } from '../common/part-chart';
import { podJob, type ScrapeJob } from '../common/scrape-jobs';
import { addAdmin } from './admin';
import { grafanaAlertRules } from './alert-rules';
import { contactPointsFile, smtpSection } from './alerting';
import { databaseSection } from './database';
import { type Gossip, gossipSection } from './gossip';
import { grafanaIni, PROVISIONING_PATH } from './ini';
import type { GrafanaSettings } from './schema';

/** User of Grafana's image (grafana/grafana, Dockerfile). */
export const USER = 472;
const CONFIG_PATH = '/etc/grafana/config';
const DASHBOARDS_PATH = '/etc/grafana/dashboards';
/** Grafana reads sub-folders of a provider too, so it is beside the other. */
const RUNBOOKS_PATH = '/etc/grafana/runbooks';

/** Where Grafana downloads plugins: the catalogue, and the store that it redirects downloads to. */
const PLUGIN_HOST = { host: 'grafana.com', port: 443, cidr: null } as const;

/** Grafana: datasources, dashboards and contact points are provisioned; users and settings are on a claim. */
export class Grafana extends PartChart {
  readonly #party: ComponentParty;
  readonly #identity: Identity;
  readonly #claim: Claim;
  readonly #gossip: Gossip | null;
  readonly #dashboards: UserDashboard[] = [];
  /** The UI, the HTTP API and Grafana's own metrics. */
  readonly http: Endpoint;

  constructor(
    context: StackContext,
    readonly settings: GrafanaSettings,
  ) {
    super(context, '50-grafana');
    const { topology } = context;
    this.#identity = identityOf(context, 'grafana', 'dashboards');
    this.#party = topology.component('grafana', selectorLabels(this.#identity));
    this.#claim = { name: CLAIM, size: settings.storage };
    this.http = topology.endpoint(this.#party, PORTS.grafana);
    const open = (spec: (typeof PORTS)['gossip' | 'gossipUdp']) => topology.endpoint(this.#party, spec);
    this.#gossip = settings.replicas === 1 ? null : { tcp: open(PORTS.gossip), udp: open(PORTS.gossipUdp) };
  }

  get ingressPorts(): readonly Endpoint[] {
    return [this.http];
  }

  get forwards(): readonly ForwardedPort[] {
    return [{ title: 'Grafana', endpoint: this.http, variable: 'GRAFANA_PORT' }];
  }

  get pods(): readonly ComponentParty[] {
    return [this.#party];
  }

  get claim(): Claim | null {
    return this.settings.database.type === 'sqlite' ? this.#claim : null;
  }

  scrapeJobs(client: ComponentParty): readonly ScrapeJob[] {
    return [podJob('grafana', this.context.namespace, this.http, client)];
  }

  /**
   * Adds a dashboard, as a file in `dashboards/` would be. Its PromQL is checked against the catalogue of metrics when the manifests are
   * made.
   * @param name name of the file, as `shop.json`, for messages
   * @param content the dashboard in Grafana's JSON form (schema version 1), or its text
   * @throws ConfigError if it is not a dashboard
   *
   * @example
   * stack.grafana.addDashboard('shop.json', readFileSync('shop.json', 'utf8'));
   */
  addDashboard(name: string, content: object | string): void {
    this.context.checkOpen('grafana.addDashboard');
    const read = readDashboard(`dashboards/${name}`, name, typeof content === 'string' ? content : toJson(content));
    if (!read.ok) throw new ConfigError(read.problems);
    this.#dashboards.push(read.value);
  }

  /** Dashboards that were added. */
  get addedDashboards(): readonly UserDashboard[] {
    return this.#dashboards;
  }

  render(): void {
    const { settings, context } = this;
    const pod = this.pod({
      party: this.#party,
      identity: this.#identity,
      image: context.image('grafana'),
      replicas: settings.replicas,
      user: USER,
      resources: settings.resources,
      stopSeconds: 30,
    });
    const config = pod.configFolder('config', CONFIG_PATH);
    const provisioning = pod.configFolder('provisioning', PROVISIONING_PATH);
    const dashboards = pod.configFolder('dashboards', DASHBOARDS_PATH);
    const ownDashboards = this.context.content.dashboards();
    const homePage = ownDashboards.has(DASHBOARD_UIDS.home) ? `/d/${DASHBOARD_UIDS.home}` : null;
    config.addForStart(addConfigFiles(this, 'grafana-config', { 'grafana.ini': this.#ini(pod, homePage) }));
    const pages = this.context.content.runbooks();
    for (const [folder, file] of this.#provisioning(pod, pages.size > 0)) provisioning.addForStart(file, folder);
    // Grafana reloads this folder by itself.
    for (const file of this.#dashboardFiles(ownDashboards)) dashboards.add(file);
    if (pages.size > 0) {
      const runbooks = pod.configFolder('runbooks', RUNBOOKS_PATH);
      for (const file of this.#runbookFiles(pages)) runbooks.add(file);
    }
    this.http.allow(OPERATOR, 'UI');
    if (settings.plugins.length > 0) pod.connectOutside(PLUGIN_HOST, 'plugins');
    pod.env('GF_PATHS_CONFIG', `${CONFIG_PATH}/grafana.ini`);
    pod.env('GF_PATHS_PROVISIONING', PROVISIONING_PATH);
    const gossip = this.#gossip;
    new Workload(this, 'workload', pod, {
      ports: [this.http],
      ...(gossip !== null && { headless: { ports: [gossip.tcp, gossip.udp], notReady: true } }),
      // The first start migrates the database.
      probes: { endpoint: this.http, readyPath: '/api/health', livePath: '/api/health', startSeconds: 300 },
    });
  }

  #ini(pod: Pod, homePage: string | null): string {
    const { settings } = this;
    const admin = addAdmin(pod, settings, this.#claim.name);
    const database = databaseSection(pod, settings);
    pod.mount(scratchMount('tmp', '/tmp', 128));
    return grafanaIni(settings, {
      port: this.http.port,
      admin,
      database,
      gossip: this.#gossip === null ? null : gossipSection(pod, this.#gossip),
      smtp: settings.smtp === null ? null : smtpSection(pod, settings.smtp),
      homePage,
    });
  }

  /** Provisioning files with the sub-folder that Grafana reads. It logs an error for a missing folder. */
  #provisioning(pod: Pod, hasRunbooks: boolean): (readonly [folder: string, file: ApiObject])[] {
    const { folder, contactPoints } = this.settings;
    const alerting = contactPointsFile(pod, contactPoints);
    const datasources = this.context.parts().flatMap(({ part }) => part.datasource?.(pod) ?? []);
    const file = (name: string, content: object) =>
      addConfigFiles(this, `grafana-${name}`, { [`${name}.yaml`]: provisioningFile(content) });
    const alertRules = grafanaAlertRules(folder, this.context.content.grafanaAlerts());
    return [
      ['datasources', file('datasources', { apiVersion: 1, prune: true, datasources })],
      ['dashboards', file('dashboards', dashboardProviders(folder, hasRunbooks))],
      ['alerting', file('alerting', alerting)],
      ...alertRules.map(({ name, content }) => ['alerting', file(`alert-rules-${name}`, content)] as const),
      ['plugins', file('plugins', { apiVersion: 1, apps: [] })],
    ];
  }

  #runbookFiles(bundles: RunbookBundles): ApiObject[] {
    return [...bundles].map(([bundle, files]) =>
      addConfigFiles(
        this,
        `grafana-runbooks-${bundle}`,
        Object.fromEntries([...files].map(([uid, text]) => [`${uid}.json`, text])),
      ),
    );
  }

  /** One ConfigMap for each dashboard: together they would soon exceed the size limit of an object. */
  #dashboardFiles(own: ReadonlyMap<string, string>): ApiObject[] {
    const add = (name: string, text: string) =>
      addConfigFiles(this, `grafana-dashboard-${name}`, { [`${name}.json`]: text });
    return [
      ...[...own].map(([uid, text]) => add(uid, text)),
      ...this.context.content.userDashboards().map(({ uid, text }) => add(`user-${slug(uid)}`, text)),
    ];
  }
}

/** Name of the claim with Grafana's data, its administrator's password among it. */
export const CLAIM = 'grafana-data';

/**
 * Where Grafana finds dashboards. It logs an error for a provider without a folder on the disk.
 * @param folder of the dashboards, in Grafana
 */
const dashboardProviders = (folder: string, hasRunbooks: boolean) => ({
  apiVersion: 1,
  providers: [
    dashboardProvider('cdk8s-observability', folder, DASHBOARDS_PATH),
    ...(hasRunbooks ? [dashboardProvider('runbooks', `${folder} runbooks`, RUNBOOKS_PATH)] : []),
  ],
});

const dashboardProvider = (name: string, folder: string, path: string) => ({
  name,
  folder,
  type: 'file',
  allowUiUpdates: false,
  updateIntervalSeconds: 30,
  options: { path },
});
