/** What people join: each call has all its consequences in the manifests, whenever it is made. */
import { readdirSync } from 'node:fs';
import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { parse } from 'yaml';
import { ConfigError, ObservabilityStack, type ObservabilityStackProps } from '../../index';
import type { Manifest } from '../../stack/checks/manifest';
import { configFile, find } from '../support';

const SHOP = { namespace: 'shop', podLabels: { app: 'shop' } };

function stackOf(props: Partial<ObservabilityStackProps> = {}) {
  const app = Testing.app();
  const settings = { janServer: null, ...props.settings };
  const stack = new ObservabilityStack(app, 'o', { environment: 'test', ...props, settings });
  const manifests = () => {
    // Charts of rights and network rules are there once the objects are rendered.
    expect(stack.collector.apiObjects).not.toHaveLength(0);
    return app.charts.flatMap((chart) => chart.toJson() as Manifest[]);
  };
  return { app, stack, manifests };
}

interface Policy {
  readonly ingress?: readonly { readonly from: readonly object[]; readonly ports: readonly object[] }[];
  readonly egress?: readonly { readonly to: readonly object[]; readonly ports: readonly object[] }[];
}
const policy = (manifests: readonly Manifest[], name: string) => find(manifests, 'NetworkPolicy', name).spec as Policy;
const peerOf = ({ namespace, podLabels }: { namespace: string; podLabels?: Record<string, string> }) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  ...(podLabels && { podSelector: { matchLabels: podLabels } }),
});

test('an address that is asked for on behalf of pods lets them in, and nobody else', () => {
  const { stack, manifests } = stackOf();
  const before = policy(stackOf().manifests(), 'otel-collector').ingress ?? [];
  expect(stack.collector.otlpGrpc.urlFor(SHOP)).toBe('http://otel-collector.jan-monitoring.svc.cluster.local:4317');
  const after = policy(manifests(), 'otel-collector').ingress ?? [];
  expect(after).toHaveLength(before.length + 1);
  expect(after).toContainEqual({ from: [peerOf(SHOP)], ports: [{ port: 4317, protocol: 'TCP' }] });
});

test('network.allow opens one port to pods', () => {
  const { stack, manifests } = stackOf();
  stack.network.allow({ namespace: 'ingress-nginx' }, stack.grafana.http);
  expect(policy(manifests(), 'grafana').ingress).toContainEqual({
    from: [peerOf({ namespace: 'ingress-nginx' })],
    ports: [{ port: 3000, protocol: 'TCP' }],
  });
});

test('prometheus.scrape adds the job, the way out, and the right to find pods, once for a namespace', () => {
  const { stack, manifests } = stackOf();
  stack.prometheus.scrape({ ...SHOP, job: 'shop', port: 8080, path: '/m', interval: '30s' });
  stack.prometheus.scrape({ ...SHOP, job: 'shop-admin', port: 8081 });
  const all = manifests();
  const { scrape_configs } = configFile<{ scrape_configs: { job_name: string }[] }>(
    all,
    'prometheus-config',
    'prometheus.yaml',
  );
  expect(scrape_configs.find(({ job_name }) => job_name === 'shop')).toMatchObject({
    metrics_path: '/m',
    scrape_interval: '30s',
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['shop'] }, selectors: [{ label: 'app=shop' }] }],
  });
  expect(policy(all, 'prometheus').egress).toContainEqual({
    to: [peerOf(SHOP)],
    ports: [{ port: 8081, protocol: 'TCP' }],
  });
  const roles = all.filter(({ kind, metadata }) => kind === 'Role' && metadata.namespace === 'shop');
  expect(roles).toHaveLength(1);
});

test('a target of another form is refused at once, and a second job of one name before anything is written', () => {
  const { app, stack } = stackOf();
  const wrong = { ...SHOP, job: 'x', port: 0 };
  expect(() => stack.prometheus.scrape(wrong)).toThrow(/o {2}prometheus\.scrape\(target\)\.port/);
  expect(() => stack.network.allow({ namespace: 'Shop' }, stack.grafana.http)).toThrow(ConfigError);
  stack.prometheus.scrape({ ...SHOP, job: 'grafana', port: 1 });
  expect(() => app.synth()).toThrow(/prometheus\.scrape\(target\)\.job\n +value +"grafana"/);
});

test('in a namespace that the stack reads already, its rights are enough or are added to', () => {
  const { stack, manifests } = stackOf({ settings: { janServer: { namespace: 'jan' } } });
  stack.prometheus.scrape({ namespace: 'jan', podLabels: { app: 'x' }, job: 'x', port: 8080 });
  const prometheusRoles = manifests().filter(
    ({ kind, metadata }) => kind === 'Role' && metadata.namespace === 'jan' && metadata.name.includes('-prometheus-'),
  );
  expect(prometheusRoles).toHaveLength(1);
});

test('rules are checked as files are, and what they read may be added later', () => {
  const reads = { groups: [{ name: 'b', rules: [{ alert: 'B', expr: 'a:b > 1' }] }] };
  const records = { groups: [{ name: 'a', rules: [{ record: 'a:b', expr: 'sum(up)' }] }] };
  const lacking = stackOf();
  lacking.stack.prometheus.addRules('b.yaml', reads);
  expect(() => lacking.app.synth()).toThrow(/rules\/b\.yaml groups\[0\]\.rules\[0\]\.expr/);
  const { app, stack, manifests } = stackOf();
  stack.prometheus.addRules('b.yaml', reads);
  stack.prometheus.addRules('a.yaml', records);
  expect(() => stack.prometheus.addRules('a.yaml', records)).toThrow('each name once');
  const refused = { groups: [{ name: 'c', rules: [{ alert: 'C', expr: 'sum(' }] }] };
  expect(() => stack.prometheus.addRules('c.yaml', refused)).toThrow(
    /prometheus\.addRules\(name, content\)\.content\.groups\[0\]/,
  );
  expect(() => app.synth()).not.toThrow();
  const { data = {} } = find(manifests(), 'ConfigMap', 'prometheus-rules-user');
  expect(parse(data['user-a.yaml'] ?? '')).toEqual(records);
});

test('the objects are those of rules and dashboards that are given at once', () => {
  const rules = [{ name: 'a.yaml', content: 'groups:\n  - name: a\n    rules: [{record: "a:b", expr: sum(up)}]\n' }];
  const dashboards = [{ name: 'b.json', content: { uid: 'b', title: 'B', panels: [] } }];
  const once = stackOf({ rules, dashboards });
  const later = stackOf();
  for (const { name, content } of rules) later.stack.prometheus.addRules(name, content);
  for (const { name, content } of dashboards) later.stack.grafana.addDashboard(name, content);
  const byName = (all: readonly Manifest[]) => new Map(all.map((one) => [`${one.kind} ${one.metadata.name}`, one]));
  expect(byName(later.manifests())).toEqual(byName(once.manifests()));
});

test('a dashboard is mounted, and its metrics are checked', () => {
  const { app, stack } = stackOf();
  const target = { refId: 'A', expr: 'no_such_metric' };
  stack.grafana.addDashboard('shop.json', {
    uid: 'shop',
    title: 'Shop',
    panels: [{ id: 1, type: 'timeseries', datasource: { uid: 'prometheus' }, targets: [target] }],
  });
  expect(() => stack.grafana.addDashboard('again.json', { uid: 'shop', title: 'Again' })).toThrow('a unique uid');
  expect(() => app.synth()).toThrow(/dashboards\/shop\.json .*no_such_metric/s);
});

test('objects are the way out; nothing is added in silence once they are rendered', () => {
  const { stack, manifests } = stackOf();
  stack.grafana.apiObject('Service').addJsonPatch(JsonPatch.add('/metadata/annotations', { a: 'b' }));
  for (const addition of [
    () => stack.prometheus.scrape({ ...SHOP, job: 'shop', port: 8080 }),
    () => stack.prometheus.addRules('a.yaml', { groups: [] }),
    () => stack.grafana.addDashboard('shop.json', { uid: 'shop', title: 'Shop' }),
    () => stack.network.allow(SHOP, stack.grafana.http),
    () => stack.collector.otlpGrpc.urlFor(SHOP),
  ])
    expect(addition).toThrow('comes too late');
  expect(find(manifests(), 'Service', 'grafana').metadata).toMatchObject({ annotations: { a: 'b' } });
  expect(stack.collector.apiObjects.map(({ kind }) => kind)).toContain('Deployment');
  expect(() => stack.grafana.apiObject('ConfigMap')).toThrow(/more than one ConfigMap here.*ConfigMap\/grafana-config/);
  expect(() => stack.grafana.apiObject('Pod')).toThrow('no Pod here');
});

test('an Alertmanager that is switched off is null', () => {
  expect(stackOf().stack.alertmanager?.http.port).toBe(9093);
  expect(stackOf({ settings: { alertmanager: { enabled: false } } }).stack.alertmanager).toBeNull();
});

test('two stacks in one App, and charts below another construct', () => {
  const app = Testing.app();
  const settings = { janServer: null };
  new ObservabilityStack(app, 'one', { environment: 'one', settings });
  new ObservabilityStack(new Construct(app, 'team'), 'two', {
    environment: 'two',
    settings: { ...settings, namespace: 'other' },
  });
  expect(() => app.synth()).not.toThrow();
  const namespaces = app.charts.flatMap((chart) => chart.toJson()).filter(({ kind }) => kind === 'Namespace');
  expect(namespaces.map(({ metadata }) => metadata.name)).toEqual(['jan-monitoring', 'other']);
});

test('patches of the settings reach objects of this stack only', () => {
  const app = Testing.app();
  const mine = new ApiObject(new Chart(app, 'mine'), 'x', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'grafana' },
  });
  const patches = [{ kind: 'Service', name: 'grafana', merge: { metadata: { annotations: { a: 'b' } } } }];
  const stack = new ObservabilityStack(app, 'o', { environment: 'test', settings: { patches }, scopeOf: () => app });
  expect(stack.grafana.apiObject('Service').toJson().metadata).toHaveProperty('annotations');
  expect(mine.toJson().metadata).not.toHaveProperty('annotations');
});

test('each folder is asked for once', () => {
  const asked: string[] = [];
  const settings = { vllm: { namespace: 'models', podLabels: { app: 'vllm' } } };
  const scopeOf = (folder: string) => {
    asked.push(folder);
    return new App({ outdir: 'unused' });
  };
  const app = new App({ outdir: 'unused' });
  const { grafana } = new ObservabilityStack(app, 'o', { environment: 'test', settings, scopeOf });
  expect(grafana.apiObjects).not.toHaveLength(0);
  expect(asked).toEqual(['keep', 'hooks', 'jan-server', 'vllm']);
});

test('whichever App is written first has all its charts', () => {
  const keep = Testing.app();
  const app = Testing.app();
  const settings = { janServer: null };
  new ObservabilityStack(app, 'o', { environment: 'test', settings, scopeOf: () => keep });
  keep.synth();
  const kinds = keep.charts.flatMap((chart) => chart.toJson() as Manifest[]).map(({ kind }) => kind);
  expect(kinds).toContain('PersistentVolumeClaim');
  expect(readdirSync(keep.outdir).some((file) => file.includes('10-storage'))).toBe(true);
});
