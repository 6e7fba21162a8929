import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import type { EnvironmentRules } from '../../content/alerts/environment';
import { renderDashboards } from '../../content/dashboards';
import { runbooksJson } from '../../content/dashboards/runbooks';
import type { Places } from '../../content/runbooks/places';
import { ComponentChart } from '../../lib/component-chart';
import { addConfigFiles, toJson } from '../../lib/config-file';
import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import { connectOutside } from '../../lib/endpoint';
import { claimMount, filesMount, folderMount, scratchMount } from '../../lib/mount';
import type { Placement } from '../../lib/placement';
import { slug } from '../../lib/slug';
import { OPERATOR } from '../../lib/topology';
import { Workload } from '../../lib/workload';
import { CLAIMS } from '../storage/chart';
import { adminFiles, adminStep, DATA_PATH } from './admin';
import { grafanaAlertRules } from './alert-rules';
import { connectNotifiers, contactPointsFile, notifierMounts } from './alerting';
import { connectDatabase, databaseMounts, sharedAdmin } from './database';
import { type DatasourceEnds, datasources } from './datasources';
import { grafanaIdentity } from './endpoints';
import { grafanaIni, PROVISIONING_PATH } from './ini';
import { storeMounts } from './metric-store';
import { provisioningFile } from './values';

/** User of Grafana's image (grafana/grafana, Dockerfile). */
const USER = 472;
const CONFIG_PATH = '/etc/grafana/config';
const DASHBOARDS_PATH = '/etc/grafana/dashboards';

/** Where Grafana gets plugins from: the catalogue, and the store that it redirects downloads to. */
const PLUGIN_HOST = { host: 'grafana.com', port: 443, cidr: null } as const;

/** What Grafana's chart is made from. */
export interface GrafanaProps extends DatasourceEnds {
  readonly config: Config;
  readonly image: Image;
  readonly placement: Placement;
  /** What is evaluated, and what is known of metrics. */
  readonly rules: EnvironmentRules;
  /** Where things are, for the runbooks. */
  readonly places: Places;
}

/** Grafana: datasources, dashboards and contact points are provisioned; users and settings are on a claim. */
export class GrafanaChart extends ComponentChart {
  constructor(scope: Construct, id: string, props: GrafanaProps) {
    const { topology, config, own } = props;
    super(scope, id, config.namespace);
    const settings = addConfigFiles(this, 'grafana-config', {
      'grafana.ini': grafanaIni(config.grafana, own),
    });
    const provisioning = this.#provisioning(props);
    const { admin, database, replicas } = config.grafana;
    const single = database.type === 'sqlite';
    // With a database elsewhere only plugins are kept here, and they are installed at each start.
    const data = single ? claimMount('data', DATA_PATH, CLAIMS.grafana) : scratchMount('data', DATA_PATH, 512);
    connectDatabase(topology, own.party, config.grafana);
    own.http.allow(OPERATOR, 'UI');
    connectNotifiers(topology, own.party, config.grafana);
    if (config.grafana.plugins.length > 0) connectOutside(topology, own.party, PLUGIN_HOST, 'plugins');
    new Workload(this, 'workload', {
      name: own.party.name,
      identity: grafanaIdentity(config.namespace),
      placement: props.placement,
      image: props.image,
      replicas,
      ports: [own.http],
      ...(own.gossip !== null && { headless: { ports: [own.gossip.tcp, own.gossip.udp], notReady: true } }),
      // The first start migrates the database.
      probes: { endpoint: own.http, readyPath: '/api/health', livePath: '/api/health', startSeconds: 300 },
      args: [],
      env: { GF_PATHS_CONFIG: `${CONFIG_PATH}/grafana.ini`, GF_PATHS_PROVISIONING: PROVISIONING_PATH },
      user: USER,
      resources: config.grafana.resources,
      mounts: [
        filesMount('config', CONFIG_PATH, [settings]),
        folderMount('provisioning', PROVISIONING_PATH, provisioning),
        filesMount('dashboards', DASHBOARDS_PATH, this.#dashboards(props)),
        data,
        ...(single ? [adminFiles()] : sharedAdmin(config.grafana).mounts),
        ...databaseMounts(config.grafana),
        scratchMount('tmp', '/tmp', 128),
        ...notifierMounts(config.grafana),
        ...storeMounts(config),
      ],
      initSteps: single ? [adminStep(admin.user, admin.secretName, data)] : [],
      // The dashboards are not in this list: Grafana reads their folder again by itself.
      restartOn: [settings, ...Object.values(provisioning).flat()],
      stopSeconds: 30,
    });
  }

  /** Provisioning files by the sub-folder in which Grafana looks for them. */
  #provisioning(props: GrafanaProps): Record<string, ApiObject[]> {
    const { config, rules } = props;
    const contactPoints = contactPointsFile(config.grafana.contactPoints);
    const file = (name: string, content: object) =>
      addConfigFiles(this, `grafana-${name}`, { [`${name}.yaml`]: provisioningFile(content) });
    const alertRules = config.alerts.evaluatedBy === 'grafana' ? grafanaAlertRules(config, rules.alerts) : [];
    // Grafana logs an error for each of these folders that does not exist, so each has a file.
    return {
      datasources: [file('datasources', datasources(props, config))],
      dashboards: [file('dashboards', dashboardProvider(config.grafana.folder))],
      alerting: [
        file('alerting', contactPoints),
        ...alertRules.map(({ name, content }) => file(`alert-rules-${name}`, content)),
      ],
      plugins: [file('plugins', { apiVersion: 1, apps: [] })],
    };
  }

  /** One ConfigMap a dashboard: together they would soon be larger than an object may be. */
  #dashboards({ config, rules, places }: GrafanaProps): ApiObject[] {
    const add = (name: string, text: string) =>
      addConfigFiles(this, `grafana-dashboard-${name}`, { [`${name}.json`]: text });
    return [
      ...[...renderDashboards(config, rules)].map(([uid, dashboard]) => add(uid, toJson(dashboard))),
      ...(config.alerts.runbookUrl === null ? [add(DASHBOARD_UIDS.runbooks, runbooksJson(rules.alerts, places))] : []),
      ...config.dashboards.map(({ uid, text }) => add(`user-${slug(uid)}`, text)),
    ];
  }
}

const dashboardProvider = (folder: string) => ({
  apiVersion: 1,
  providers: [
    {
      name: 'cdk8s-observability',
      folder,
      type: 'file',
      allowUiUpdates: false,
      updateIntervalSeconds: 30,
      options: { path: DASHBOARDS_PATH },
    },
  ],
});
