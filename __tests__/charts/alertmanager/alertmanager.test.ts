/** Alertmanager's routes, receivers and inhibition, and how its replicas and Prometheus find each other. */
import { INHIBIT_RULES } from '../../../charts/alertmanager/inhibition';
import { configFile, find, fixtures, render, stackFrom } from '../../support';

interface Route {
  readonly matchers: readonly string[];
  readonly receiver: string;
  readonly continue?: boolean;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
}
interface Settings {
  readonly route: { readonly receiver: string; readonly routes: readonly Route[] };
  readonly receivers: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  readonly inhibit_rules: readonly Readonly<
    Record<'source_matchers' | 'target_matchers' | 'equal', readonly string[]>
  >[];
}
const settingsOf = (manifests: ReturnType<typeof render>) =>
  configFile<Settings>(manifests, 'alertmanager-config', 'alertmanager.yaml');
const settings = (text: string) => settingsOf(render(text));
const everything = render(fixtures().find(({ name }) => name === 'everything')?.text ?? '');

const RECEIVERS = `receivers: [{type: pagerduty, name: a, routingKeySecret: {name: a, key: k}}, {type: slack, name: b, urlSecret: {name: b, key: k}}]`;
const routes = (keys: string) =>
  settings(`alertmanager: {${RECEIVERS}${keys}}`)
    .route.routes.slice(1)
    .map(({ receiver, matchers }) => [receiver, ...matchers]);

describe('routes', () => {
  test('without receivers no alert is sent, and Watchdog has no route', () => {
    const { route, receivers } = settings('');
    expect(route).toMatchObject({
      receiver: 'stack/nobody',
      routes: [{ matchers: ['alertname="Watchdog"'], receiver: 'stack/nobody' }],
    });
    expect(receivers).toEqual([{ name: 'stack/nobody' }]);
  });

  test('by default the first receiver gets critical and warning alerts, not info', () => {
    expect(routes('')).toEqual([['a', 'severity!~"info"']]);
  });

  test('each receiver has one route, which continues to the next', () => {
    expect(routes(', routes: {critical: [a, b], warning: [b], info: [b]}')).toEqual([
      ['a', 'severity=~"critical"'],
      ['b', 'alertname!=""'],
    ]);
    expect(routes(', routes: {critical: [a], warning: [b]}')).toEqual([
      ['a', 'severity=~"critical"'],
      ['b', 'severity!~"critical|info"'],
    ]);
    expect(routes(', routes: {critical: [], warning: []}')).toEqual([]);
    for (const route of settingsOf(everything).route.routes.slice(1)) expect(route.continue).toBe(true);
  });

  test("Watchdog reaches the dead man's switch in every interval: repeat_interval is the shorter one", () => {
    const [watchdog] = settingsOf(everything).route.routes;
    expect(watchdog).toMatchObject({
      matchers: ['alertname="Watchdog"'],
      receiver: 'stack/dead-mans-switch',
      group_interval: '5m',
      repeat_interval: '150s',
    });
    expect(watchdog?.continue).toBeUndefined();
  });
});

test('credentials of receivers are mounted files, never values', () => {
  const { receivers } = settingsOf(everything);
  const files = [...JSON.stringify(receivers).matchAll(/"(?:\w+_)?file":"([^"]+)"/g)].map(([, file = '']) => file);
  expect(files).toHaveLength(6);
  const deployment = JSON.stringify(find(everything, 'Deployment', 'alertmanager'));
  for (const file of files) expect(deployment).toContain(`"mountPath":"${file.replace(/\/[^/]+$/, '')}"`);
  expect(JSON.stringify(receivers)).not.toMatch(/"(auth_password|routing_key|credentials|api_url)":/);
});

test('alerts from spans are inhibited while the Collector refuses spans', () => {
  const { inhibit_rules } = settings('');
  expect(inhibit_rules).toContainEqual({
    source_matchers: ['alertname=~"CollectorRefusesData|CollectorEnqueueFails"', 'signal="traces"'],
    target_matchers: ['signal="spans"'],
    equal: ['cluster'],
  });
});

test('the inhibiting alert exists, and the inhibited ones are those made from spans', () => {
  const { alerts } = stackFrom('').rules;
  const names = new Set(alerts.map(({ definition }) => definition.name));
  const named = INHIBIT_RULES.flatMap(({ source_matchers }) => [...source_matchers]).flatMap((matcher) => {
    const [, list] = /^alertname=~?"([^"]+)"$/.exec(matcher) ?? [];
    return list?.split('|') ?? [];
  });
  expect(named.filter((name) => !names.has(name))).toEqual([]);
  const fromSpans = alerts.flatMap(({ definition, rules }) =>
    rules.some(({ labels }) => labels?.signal === 'spans') ? [definition.name] : [],
  );
  expect(fromSpans).toEqual(expect.arrayContaining(['ServiceErrorRateHigh', 'SloErrorBudgetBurnFast']));
  expect(fromSpans.filter((name) => name.startsWith('Collector'))).toEqual([]);
});

describe('Alertmanager with several replicas', () => {
  const manifests = render('{alertmanager: {replicas: 3}, prometheus: {replicas: 2, replicaLabel: __replica__}}');
  const pod = JSON.stringify(find(manifests, 'StatefulSet', 'alertmanager'));

  test('peers are pods by name, found before they are ready', () => {
    for (const index of [0, 1, 2])
      expect(pod).toContain(`--cluster.peer=alertmanager-${index}.alertmanager-headless:9094`);
    expect(find(manifests, 'Service', 'alertmanager-headless').spec).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      ports: [
        { port: 9094, protocol: 'TCP' },
        { port: 9094, protocol: 'UDP' },
      ],
    });
  });

  test('Prometheus sends to every replica, without the label of its own replica', () => {
    const { alerting } = configFile<{ alerting: unknown }>(manifests, 'prometheus-config', 'prometheus.yaml');
    expect(alerting).toMatchObject({
      alert_relabel_configs: [{ regex: '__replica__', action: 'labeldrop' }],
      alertmanagers: [
        {
          kubernetes_sd_configs: [{ role: 'endpointslice', namespaces: { names: ['jan-monitoring'] } }],
          relabel_configs: [{ action: 'keep', regex: 'alertmanager;http' }, { action: 'drop' }],
        },
      ],
    });
  });
});

test('one replica has no gossip, and external Alertmanagers get alerts too', () => {
  expect(JSON.stringify(find(everything, 'Deployment', 'alertmanager'))).toContain('"--cluster.listen-address="');
  const { alerting } = configFile<{ alerting: { alertmanagers: object[] } }>(
    everything,
    'prometheus-config',
    'prometheus.yaml',
  );
  expect(alerting.alertmanagers).toMatchObject([
    { kubernetes_sd_configs: [{}] },
    { scheme: 'https', path_prefix: '/prefix', static_configs: [{ targets: ['alertmanager.example.com:443'] }] },
  ]);
});
