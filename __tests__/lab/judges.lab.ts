/** The judges of `make conformance` can say no: each gets copies of the manifests with one thing broken, and must find it. */
import { type ApiServer, startApiServer } from '../../lab/conformance/api-server';
import { FILE_JUDGES, judgeOnServer } from '../../lab/conformance/conformance';
import type { ManifestSet } from '../../lab/conformance/manifests';
import { type Ruling, verdictOf } from '../../lab/conformance/verdicts';
import { type Break, brokenCopy, inFile, inPod, type Loose, pick, without } from './broken';

const COLLECTOR = inFile.bind(null, 'otel-collector-config', 'config.yaml');
const PROMETHEUS = inFile.bind(null, 'prometheus-config', 'prometheus.yaml');
const RULES = inFile.bind(null, 'prometheus-rules', 'stack.yaml');
const JAEGER = inFile.bind(null, 'jaeger-config', 'config.yaml');
const DATASOURCES = inFile.bind(null, 'grafana-datasources', 'datasources.yaml');
const DASHBOARD = inFile.bind(null, 'grafana-dashboard-jan-server-overview', 'jan-server-overview.json');
const ALERT = (rules: Loose, name: string) =>
  rules.groups.flatMap((group: Loose) => group.rules).find(({ alert }: Loose) => alert === name);

/** What is broken, and what the judge must say of it. */
type Case = readonly [what: string, change: Break, problem: RegExp];

const BROKEN_FILES: Readonly<Record<string, readonly Case[]>> = {
  'otelcol validate': [
    [
      'an unknown key',
      COLLECTOR((c) => Object.assign(c.exporters['otlp_grpc/jaeger'], { endpiont: 'a:1' })),
      /endpiont/,
    ],
    [
      'an exporter that is not configured',
      COLLECTOR((c) => delete c.exporters.prometheus),
      /references exporter "prometheus"/,
    ],
    [
      'OTTL that does not parse',
      COLLECTOR((c) => c.processors['transform/instance'].trace_statements[0].statements.push('set(')),
      /statement has invalid syntax/,
    ],
    [
      'a variable that is not set',
      inPod('Deployment', 'otel-collector', (pod) => pod.containers[0].env.shift()),
      /uses POD_IP/,
    ],
    ['a ConfigMap that is not there', without('ConfigMap', 'otel-collector-config'), /does not exist/],
  ],
  'promtool check and test': [
    [
      'PromQL that does not parse',
      RULES((rules) => Object.assign(ALERT(rules, 'TargetDown'), { expr: 'sum(up' })),
      /unclosed left parenthesis/,
    ],
    ['an unknown key', PROMETHEUS((c) => Object.assign(c.global, { scrape_intervall: '15s' })), /scrape_intervall/],
    [
      'an action without a regular expression that works',
      PROMETHEUS((c) => Object.assign(c.scrape_configs[1].relabel_configs[0], { regex: '(' })),
      /missing closing \)/,
    ],
    [
      'a pattern that matches no rule file',
      PROMETHEUS((c) => Object.assign(c, { rule_files: ['/etc/prometheus/rules/*.yml'] })),
      /match 0 files/,
    ],
    [
      'a rule file that is not mounted',
      inPod('Deployment', 'prometheus', (pod) => pod.containers[0].volumeMounts.splice(1, 1)),
      /match 0 files/,
    ],
    [
      'a password file that is not there',
      PROMETHEUS((c) =>
        Object.assign(c, {
          remote_write: [{ url: 'http://a/', basic_auth: { username: 'a', password_file: '/run/none' } }],
        }),
      ),
      /no such file/,
    ],
    ['the same rule twice', RULES((rules) => rules.groups[0].rules.push(rules.groups[0].rules[0])), /[Dd]uplicate/],
    [
      'an alert that never fires',
      RULES((rules) =>
        Object.assign(ALERT(rules, 'CollectorDropsSpans'), { expr: 'otelcol_exporter_send_failed_span_total > 0' }),
      ),
      /CollectorDropsSpans/,
    ],
    [
      'an alert that always fires',
      RULES((rules) => Object.assign(ALERT(rules, 'TargetDown'), { expr: 'up >= 0' })),
      /TargetDown/,
    ],
  ],
  'jaeger validate, and start': [
    ['an unknown key', JAEGER((c) => Object.assign(c.extensions.jaeger_query, { basepath: '/' })), /basepath/],
    [
      'a store that is not configured',
      JAEGER((c) => Object.assign(c.exporters.jaeger_storage_exporter, { trace_storage: 'other' })),
      /other/,
    ],
  ],
  'schema of Jaeger 2.20': [
    ['an unknown key', JAEGER((c) => Object.assign(c.extensions.jaeger_query, { base_paht: '/' })), /base_paht/],
    [
      'a store that is not configured',
      JAEGER((c) => Object.assign(c.extensions.jaeger_query.storage, { traces: 'other' })),
      /names other/,
    ],
    [
      'a memory that is lost',
      JAEGER((c) => Object.assign(c.extensions.jaeger_storage.backends.main.badger, { ephemeral: true })),
      /ephemeral/,
    ],
  ],
  'Grafana: schemas, datasources, queries': [
    [
      'a uid that nobody provides',
      DASHBOARD((d) => Object.assign(d.panels[1].targets[0].datasource, { uid: 'mimir' })),
      /no datasource mimir/,
    ],
    [
      'a query that does not parse',
      DASHBOARD((d) => Object.assign(d.panels[1].targets[0], { expr: 'sum(rate(up[$__rate_interval])' })),
      /unclosed left parenthesis/,
    ],
    ['a misspelt key', DATASOURCES((f) => Object.assign(f.datasources[0], { jsondata: {} })), /jsondata/],
    [
      'two default datasources',
      DATASOURCES((f) => Object.assign(f.datasources[1], { isDefault: true })),
      /exactly one default/,
    ],
    ['two panels with one id', DASHBOARD((d) => Object.assign(d.panels[1], { id: d.panels[2].id })), /ids of panels/],
  ],
  'kubeconform -strict, Kubernetes 1.29 to 1.37': [
    [
      'an unknown field',
      inPod('Deployment', 'prometheus', (pod) => Object.assign(pod, { enableServiceLink: false })),
      /enableServiceLink/,
    ],
    [
      'a wrong type',
      (objects) => Object.assign(pick(objects, 'Deployment', 'jaeger').spec, { replicas: 'one' }) && undefined,
      /replicas/,
    ],
    [
      'an API that is gone',
      (objects) => Object.assign(pick(objects, 'Deployment', 'jaeger'), { apiVersion: 'apps/v1beta1' }) && undefined,
      /could not find schema/,
    ],
  ],
  'NetworkPolicies against configurations': [
    [
      'a missing edge',
      (objects) => void pick(objects, 'NetworkPolicy', 'otel-collector').spec.egress.shift(),
      /otel-collector to jaeger:4317\/TCP: .*denied/,
    ],
    [
      'an edge at one end only',
      (objects) => void pick(objects, 'NetworkPolicy', 'jaeger').spec.ingress.shift(),
      /otel-collector to jaeger:4317\/TCP: .*denied/,
    ],
    [
      'an edge too many',
      (objects) => void pick(objects, 'NetworkPolicy', 'jaeger').spec.ingress.push({ ports: [{ port: 16686 }] }),
      /a stranger to jaeger:16686\/TCP: it is allowed/,
    ],
    ['no default', without('NetworkPolicy', 'prometheus'), /to prometheus:9090\/TCP: .*denied/],
    [
      'a policy that opens everything',
      (objects) => void pick(objects, 'NetworkPolicy', 'grafana').spec.egress.push({}),
      /grafana to cloud metadata:80\/TCP: it is allowed/,
    ],
    ['no names', without('NetworkPolicy', 'allow-dns'), /to kube-dns:53\/UDP: .*denied/],
    [
      'a datasource elsewhere',
      DATASOURCES((f) => Object.assign(f.datasources[1], { url: 'http://tempo.example.com:3200' })),
      /grafana to outside:3200\/TCP: .*denied/,
    ],
    [
      'a scrape job that is gone',
      PROMETHEUS((c) => c.scrape_configs.splice(1, 1)),
      /prometheus to otel-collector:8889\/TCP: it is allowed/,
    ],
    [
      'a probe of no port',
      inPod('Deployment', 'jaeger', (pod) => Object.assign(pod.containers[0].readinessProbe.httpGet, { port: 'nope' })),
      /no such port/,
    ],
  ],
  'kube-score': [
    [
      'no memory limit',
      inPod('Deployment', 'prometheus', (pod) => delete pod.containers[0].resources.limits.memory),
      /Memory limit/i,
    ],
    [
      'a root file system that can be written',
      inPod('Deployment', 'jaeger', (pod) => delete pod.containers[0].securityContext.readOnlyRootFilesystem),
      /writable root/,
    ],
  ],
  checkov: [
    [
      'a privileged container',
      inPod('Deployment', 'jaeger', (pod) => Object.assign(pod.containers[0].securityContext, { privileged: true })),
      /CKV_K8S_16/,
    ],
    [
      'capabilities',
      inPod('Deployment', 'jaeger', (pod) => delete pod.containers[0].securityContext.capabilities),
      /CKV_K8S_(28|37)/,
    ],
  ],
};

const BROKEN_ON_SERVER: readonly Case[] = [
  [
    'a pod that runs as root',
    inPod('Deployment', 'grafana', (pod) => Object.assign(pod.securityContext, { runAsNonRoot: false, runAsUser: 0 })),
    /restricted/,
  ],
  [
    'no seccomp profile',
    inPod('Deployment', 'jaeger', (pod) => delete pod.securityContext.seccompProfile),
    /seccompProfile/,
  ],
  [
    'an unknown field',
    inPod('Deployment', 'prometheus', (pod) => Object.assign(pod, { enableServiceLink: false })),
    /enableServiceLink/,
  ],
  [
    'a selector that does not match',
    (objects) =>
      Object.assign(pick(objects, 'Deployment', 'jaeger').spec.selector, { matchLabels: { app: 'other' } }) &&
      undefined,
    /selector/,
  ],
  [
    'a port that is none',
    (objects) => Object.assign(pick(objects, 'Service', 'jaeger').spec.ports[0], { port: 99999 }) && undefined,
    /99999/,
  ],
  [
    'a missing right',
    without('RoleBinding', 'jan-monitoring-prometheus-discovery'),
    /prometheus: list endpointslices in jan-monitoring: .*may not/,
  ],
  [
    'Secrets',
    (objects) =>
      void pick(objects, 'Role', 'jan-monitoring-prometheus-discovery').rules.push({
        apiGroups: [''],
        resources: ['secrets'],
        verbs: ['get'],
      }),
    /prometheus: get secrets .*must not/,
  ],
  [
    'everything',
    (objects) =>
      void pick(objects, 'Role', 'jan-monitoring-otel-collector-pods').rules.push({
        apiGroups: ['*'],
        resources: ['*'],
        verbs: ['*'],
      }),
    /otel-collector: create pods\/exec .*must not/,
  ],
];

const problemsIn = ({ judgements }: Ruling): string =>
  judgements.flatMap(({ subject, problem }) => (problem === null ? [] : [`${subject}: ${problem}`])).join('\n');

/** Judges a broken copy. */
async function judged(
  change: Break,
  judge: (set: ManifestSet) => Promise<readonly Ruling[]>,
): Promise<readonly Ruling[]> {
  const { set, remove } = brokenCopy('development', change);
  try {
    return await judge(set);
  } finally {
    remove();
  }
}

/** As `make conformance` does it: a judge that throws has failed. */
const failure = async (judge: () => Promise<readonly Ruling[]>): Promise<string> => {
  try {
    const rulings = await judge();
    expect(rulings.map(verdictOf)).toContain('FAILED');
    return rulings.map(problemsIn).join('\n');
  } catch (error) {
    return (error as Error).message;
  }
};

test('every judge has a case', () => {
  expect(Object.keys(BROKEN_FILES)).toEqual(Object.keys(FILE_JUDGES));
});

describe.each(Object.entries(FILE_JUDGES))('%s', (name, judge) => {
  test.each(BROKEN_FILES[name] ?? [])('says no to %s', async (_what, change, problem) => {
    expect(await failure(() => judged(change, async (set) => [await judge(set)]))).toMatch(problem);
  });

  test('fails where there is nothing to judge', async () => {
    const text = await failure(() =>
      judged(
        () => [],
        async (set) => [await judge(set)],
      ),
    );
    expect(text).not.toMatch(/NOT JUDGED/);
  });
});

describe('the API server', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.stop());
  const judge = async (set: ManifestSet) => (await judgeOnServer(set, server.kubectl)).map(({ ruling }) => ruling);

  test('says yes to the manifests', async () => {
    expect((await judged(() => undefined, judge)).map(verdictOf)).toEqual(['passed', 'passed']);
  });

  test.each(BROKEN_ON_SERVER)('says no to %s', async (_what, change, problem) => {
    expect(await failure(() => judged(change, judge))).toMatch(problem);
  });
});
