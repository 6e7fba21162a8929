import { Expansion } from '../common/grafana-values';
import type { AdminFiles } from './admin';
import { DATA_PATH } from './admin';
import { type IniSection, type IniSections, toIni } from './ini-file';
import type { GrafanaSettings } from './schema';

/** Folder of the provisioning files. */
export const PROVISIONING_PATH = '/etc/grafana/provisioned';

/** Values that depend on the pod. */
export interface IniParts {
  readonly port: number;
  readonly admin: AdminFiles;
  /** The sections of optional features; null: off. */
  readonly database: IniSection | null;
  readonly gossip: IniSection | null;
  readonly smtp: IniSection | null;
  /** Path of the start page, with a leading slash; null: Grafana's own, which shows a news feed. */
  readonly homePage: string | null;
}

/** Grafana's settings. Keys are those of conf/defaults.ini of Grafana 13. */
export function grafanaIni(config: GrafanaSettings, parts: IniParts): string {
  const { port, admin, database, gossip, smtp, homePage } = parts;
  const secure = config.rootUrl.startsWith('https:');
  const sections: IniSections = {
    server: { http_port: port, root_url: config.rootUrl, enable_gzip: true },
    paths: { data: DATA_PATH, plugins: `${DATA_PATH}/plugins`, provisioning: PROVISIONING_PATH },
    security: {
      admin_user: Expansion.ofFile(admin.user),
      admin_password: Expansion.ofFile(admin.password),
      secret_key: Expansion.ofFile(admin.secretKey),
      cookie_secure: secure,
      cookie_samesite: 'lax',
      strict_transport_security: secure,
      content_security_policy: true,
      disable_gravatar: true,
      allow_embedding: false,
    },
    users: {
      allow_sign_up: false,
      allow_org_create: false,
      // The browser goes there unless a user has chosen another home (pkg/api/dashboard.go, GetHomeDashboard). It is a route of the web
      // page, which puts the path of root_url in front of it.
      ...(homePage !== null && { home_page: homePage }),
    },
    'auth.anonymous': { enabled: false, hide_version: true },
    analytics: {
      reporting_enabled: false,
      check_for_updates: false,
      check_for_plugin_updates: false,
      feedback_links_enabled: false,
    },
    news: { news_feed_enabled: false },
    snapshots: { external_enabled: false },
    cloud_migration: { enabled: false },
    metrics: { enabled: true },
    log: { mode: 'console' },
    'log.console': { format: 'json' },
    plugins: pluginSection(config.plugins),
    ...(database !== null && { database }),
    ...(gossip !== null && { unified_alerting: gossip }),
    ...(smtp !== null && { smtp }),
  };
  return toIni(sections);
}

/**
 * Plugins that Grafana downloads from grafana.com at each start, unless preinstallation is disabled altogether: its apps. The list also
 * has the datasources, which are in the image (pkg/setting/setting_plugins.go, `defaultPreinstallPlugins`).
 */
const DEFAULT_APPS = [
  'grafana-advisor-app',
  'grafana-exploretraces-app',
  'grafana-lokiexplore-app',
  'grafana-metricsdrilldown-app',
  'grafana-pyroscope-app',
];

/**
 * The datasources are plugins inside the image since Grafana 13. By default Grafana updates them when it starts, which fails on a read-only
 * root file system: "unlinkat …/plugins-bundled/prometheus: read-only file system" (grafana-community/helm-charts#787). So only configured
 * plugins are installed, and nothing is updated.
 */
const pluginSection = (plugins: readonly string[]): IniSection => ({
  plugin_admin_enabled: false,
  preinstall_auto_update: false,
  // Otherwise Grafana requests the plugin signing key from grafana.com, and logs an error without access to it. It has a copy of the key.
  public_key_retrieval_disabled: true,
  ...(plugins.length === 0
    ? { preinstall_disabled: true }
    : { preinstall_sync: plugins.join(','), disable_plugins: appsExcept(plugins).join(',') }),
});

/** The apps that are not among the configured plugins, each given as `id@version`. */
function appsExcept(plugins: readonly string[]): readonly string[] {
  const wanted = new Set(plugins.map((plugin) => plugin.split('@')[0]));
  return DEFAULT_APPS.filter((app) => !wanted.has(app));
}
