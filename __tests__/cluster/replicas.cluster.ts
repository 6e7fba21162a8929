/** Two of the Collector, of Prometheus and of Alertmanager, as production has them: each with a claim, a name and a label of its own. */
import { CONTEXT, clean, freeVolumes, kubectl, run, stackIn, until } from './cluster';

const NAMESPACE = 'verbs-replicas';
const { root, inStack } = stackIn(
  NAMESPACE,
  'janServer: null\nscheduling: { priority: 1000 }\ncollector: { replicas: 2 }\nprometheus: { replicas: 2 }\nalertmanager: { replicas: 2 }\n',
);
const names = (kind: string) =>
  inStack('get', kind, '-o', 'jsonpath={.items[*].metadata.name}').split(' ').filter(Boolean);

/** Asks a pod through the API server. */
const ask = <T>(pod: string, path: string): T =>
  JSON.parse(kubectl(['get', '--raw', `/api/v1/namespaces/${NAMESPACE}/pods/${pod}/proxy${path}`])) as T;

beforeAll(() => clean(NAMESPACE));
afterAll(() => {
  kubectl(['delete', 'priorityclass', '-l', `app.kubernetes.io/instance=${NAMESPACE}`]);
  clean(NAMESPACE);
});

test('up: two of each are ready, with a claim and a disruption budget', async () => {
  const { code, output } = await run(root, 'up', { TIMEOUT: '240' });
  if (code !== 0) throw new Error(output);
  expect(names('pods')).toEqual(
    expect.arrayContaining(['otel-collector-0', 'otel-collector-1', 'prometheus-0', 'prometheus-1']),
  );
  expect(names('pvc')).toHaveLength(8);
  expect(names('poddisruptionbudgets').sort()).toEqual(['alertmanager', 'otel-collector', 'prometheus']);
  const priorities = inStack('get', 'pods', '-o', 'jsonpath={.items[*].spec.priority}').split(' ');
  expect(new Set(priorities)).toEqual(new Set(['1000']));
});

test('each Prometheus scrapes both Collectors, under a replica label of its own', async () => {
  interface Targets {
    readonly data: {
      readonly activeTargets: readonly { readonly labels: Record<string, string>; readonly health: string }[];
    };
  }
  for (const pod of ['prometheus-0', 'prometheus-1']) {
    const { data } = ask<{ data: { yaml: string } }>(`${pod}:9090`, '/api/v1/status/config');
    expect(data.yaml).toContain(`prometheus_replica: ${pod}`);
    const scraped = () =>
      ask<Targets>(`${pod}:9090`, '/api/v1/targets?state=active').data.activeTargets.filter(
        ({ health }) => health === 'up',
      );
    await until(
      () => scraped().filter(({ labels }) => labels.job === 'otel-collector').length === 2,
      `${pod} to scrape two Collectors`,
    );
  }
});

test('both Alertmanagers are of one cluster, and each hears of each alert once', async () => {
  const pods = ['alertmanager-0', 'alertmanager-1'];
  for (const pod of pods) {
    const peers = () =>
      ask<{ cluster: { status: string; peers: readonly object[] } }>(`${pod}:9093`, '/api/v2/status').cluster;
    await until(() => peers().peers.length === 2 && peers().status === 'ready', `${pod} to know both`);
  }
  for (const pod of ['prometheus-0', 'prometheus-1']) {
    type Answer = { readonly data: { readonly activeAlertmanagers: readonly object[] } };
    const known = () => ask<Answer>(`${pod}:9090`, '/api/v1/alertmanagers').data.activeAlertmanagers;
    await until(() => known().length === 2, `${pod} to know both replicas`);
  }
  // It fires always, in both Prometheus.
  const watchdog = encodeURIComponent('alertname="Watchdog"');
  for (const pod of pods) {
    const alerts = () =>
      ask<readonly { labels: Record<string, string> }[]>(`${pod}:9093`, `/api/v2/alerts?filter=${watchdog}`);
    await until(() => alerts().length > 0, `${pod} to hear of the alert that always fires`);
    expect(alerts().map(({ labels }) => labels.prometheus_replica)).toEqual([undefined]);
  }
});

test('status names what is missing of a StatefulSet', async () => {
  inStack('scale', 'statefulset/prometheus', '--replicas=1');
  const { code, output } = await run(root, 'status');
  expect(output).toMatch(
    /StatefulSet\/prometheus\n {2}cause {2}it is scaled to 1 of 2\n {2}next {3}make monitor-up ENVIRONMENT=test CONTEXT=\S+, which scales it back to 2/,
  );
  expect(code).toBe(1);
});

test('down-v removes the claims that a StatefulSet has made', async () => {
  expect((await run(root, 'down')).code).toBe(0);
  expect(names('pvc')).toHaveLength(8);
  const { code, output } = await run(root, 'down-v', { DELETE: CONTEXT });
  expect(code).toBe(0);
  expect(output).toMatch(/Deleted 8 claims/);
  expect(names('pvc')).toEqual([]);
  freeVolumes();
});
