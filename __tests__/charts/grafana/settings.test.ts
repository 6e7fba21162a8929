/** grafana.ini and contact points: what is shut, what is installed, and where credentials are read from. */
import type { Manifest } from '../../../stack/checks/manifest';
import { find, fixtures, render } from '../../support';

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

test('plugins: none, or exactly the pinned ones, without automatic updates', () => {
  expect(ini(standard)).toContain('preinstall_disabled = true');
  expect(ini(everything)).toContain('preinstall_sync = grafana-clock-panel@2.1.8');
  expect(ini(everything)).toContain('preinstall_auto_update = false');
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
