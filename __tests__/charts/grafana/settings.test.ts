/** grafana.ini and contact points: what is shut, what is installed, and where credentials are read from. */
import { grafanaIni } from '../../../charts/grafana/ini';
import { appsOf } from '../../../stack/apps';
import { type Manifest, manifestsOf } from '../../../stack/checks/manifest';
import { allStacks, configFrom, find, fixtures, render } from '../../support';

const standard = render('jaeger: {samplingStrategiesFile: a.json}');
const everything = render(fixtures().find(({ name }) => name === 'everything')?.text ?? '');

const ini = (manifests: readonly Manifest[]) =>
  find(manifests, 'ConfigMap', 'grafana-config').data?.['grafana.ini'] ?? '';

test('grafana.ini reads passwords from files, and allows neither sign-up nor anonymous access', () => {
  for (const manifests of [standard, everything]) {
    expect(ini(manifests)).toMatch(/admin_password = \$__file\{/);
    expect(ini(manifests)).toMatch(/secret_key = \$__file\{/);
    expect(ini(manifests)).toContain('allow_sign_up = false');
    expect(ini(manifests)).toMatch(/\[auth\.anonymous\]\nenabled = false/);
  }
});

describe('plugins', () => {
  const section = (text: string) => /\[plugins\]\n([^[]*)/.exec(ini(render(text)))?.[1] ?? '';
  const clock = 'grafana-clock-panel@2.1.8';

  test('none, or exactly the pinned ones: not the apps that Grafana downloads by default', () => {
    expect(section('')).toContain('preinstall_disabled = true');
    const apps = section(`grafana: {plugins: [${clock}]}`);
    expect(apps).toContain(`preinstall_sync = ${clock}\n`);
    expect(apps).toMatch(/disable_plugins = grafana-advisor-app,.*grafana-lokiexplore-app/);
    const chosen = section(`grafana: {plugins: [${clock}, grafana-lokiexplore-app@2.0.0]}`);
    expect(chosen).toMatch(/disable_plugins = grafana-advisor-app,/);
    expect(chosen).not.toMatch(/disable_plugins = .*lokiexplore/);
  });

  test.each(['', `grafana: {plugins: [${clock}]}`])('are never updated, nor are keys fetched: %j', (text) => {
    expect(section(text)).toContain('plugin_admin_enabled = false');
    expect(section(text)).toContain('preinstall_auto_update = false');
    expect(section(text)).toContain('public_key_retrieval_disabled = true');
  });
});

test.each(allStacks())('Grafana of $name asks the internet for nothing, and has no deprecated key', ({ stack }) => {
  const text = ini(manifestsOf(appsOf(stack)));
  for (const [section, key] of [
    ['analytics', 'reporting_enabled'],
    ['analytics', 'check_for_updates'],
    ['analytics', 'check_for_plugin_updates'],
    ['analytics', 'feedback_links_enabled'],
    ['news', 'news_feed_enabled'],
    ['snapshots', 'external_enabled'],
    ['cloud_migration', 'enabled'],
  ])
    expect(text).toMatch(new RegExp(`\\[${section}\\]\\n([^[]+\\n)?${key} = false\\n`));
  expect(text).toContain('disable_gravatar = true');
  expect(text).not.toMatch(/viewers_can_edit|editors_can_admin|angular_support_enabled/);
});

describe('the start page', () => {
  test.each(allStacks())('of $name is the dashboard `home` where it is rendered', ({ stack }) => {
    const manifests = manifestsOf(appsOf(stack));
    const isRendered = manifests.some(({ metadata }) => metadata.name === 'grafana-dashboard-home');
    expect(/^home_page = (.*)$/m.exec(ini(manifests))?.[1]).toBe(isRendered ? '/d/home' : undefined);
  });

  test('is a route without the path of root_url, which the web page adds', () => {
    const settings = configFrom('grafana: {rootUrl: https://example.com/grafana/}').grafana;
    const admin = { user: '/a', password: '/b', secretKey: '/c' };
    const parts = { port: 3000, admin, database: null, gossip: null, smtp: null };
    expect(grafanaIni(settings, { ...parts, homePage: '/d/home' })).toMatch(/^home_page = \/d\/home$/m);
    expect(grafanaIni(settings, { ...parts, homePage: null })).not.toContain('home_page');
  });
});

test('cookies are secure where rootUrl is https', () => {
  expect(ini(standard)).toContain('cookie_secure = false');
  expect(ini(everything)).toContain('cookie_secure = true');
});

test('alerts go to the first contact point, whose Slack URL is in a file', () => {
  const text = find(everything, 'ConfigMap', 'grafana-alerting').data?.['alerting.yaml'] ?? '';
  expect(text).toContain('receiver: On call');
  expect(text).toMatch(/url: \$__file\{\/etc\/grafana\/secrets\/contact-on-call-[0-9a-f]{6}\/url\}/);
});
