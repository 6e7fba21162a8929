import type { Manifest } from '../../stack/checks/manifest';
import { configFile, find, fixtures, render, stackFrom } from '../support';

interface Rule {
  readonly from?: readonly unknown[];
  readonly to?: readonly unknown[];
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
}

const policy = (manifests: readonly Manifest[], name: string) =>
  // An empty list is left out.
  ({ ingress: [], egress: [], ...(find(manifests, 'NetworkPolicy', name).spec as object) }) as {
    ingress: Rule[];
    egress: Rule[];
  };
const ports = (rules: readonly Rule[]) => rules.flatMap((rule) => rule.ports.map(({ port }) => port));
const jobs = (manifests: readonly Manifest[]) =>
  (configFile(manifests, 'prometheus-config', 'prometheus.yaml').scrape_configs as { job_name: string }[]).map(
    ({ job_name }) => job_name,
  );
const arrows = (text: string) =>
  stackFrom(text).topology.edges.map(({ client, server, port }) => `${client.name} > ${server.name}:${port}`);

describe('an edge that is taken away takes its configuration, its target and its policy rules with it', () => {
  test('the Collector no longer scraped, but pushing', () => {
    const scraped = render('');
    const pushed = render('collector: {metricsPath: otlp, queue: {storage: 10Gi}}');
    const exporters = (manifests: readonly Manifest[]) =>
      Object.keys(configFile(manifests, 'otel-collector-config', 'config.yaml').exporters as object);

    expect(jobs(scraped)).toContain('otel-collector');
    expect(ports(policy(scraped, 'otel-collector').ingress)).toContain(8889);
    expect(ports(policy(scraped, 'prometheus').egress)).toContain(8889);
    expect(exporters(scraped)).toContain('prometheus');

    expect(jobs(pushed)).not.toContain('otel-collector');
    expect(ports(policy(pushed, 'otel-collector').ingress)).not.toContain(8889);
    expect(ports(policy(pushed, 'prometheus').egress)).not.toContain(8889);
    expect(exporters(pushed)).toEqual(['otlp_grpc/jaeger', 'otlp_http/prometheus', 'nop']);
    expect(JSON.stringify(find(pushed, 'Service', 'otel-collector'))).not.toContain('8889');
    expect(ports(policy(pushed, 'otel-collector').egress)).toContain(9090);
    expect(JSON.stringify(find(pushed, 'Deployment', 'prometheus'))).toContain('--web.enable-otlp-receiver');
    expect(configFile(pushed, 'prometheus-config', 'prometheus.yaml')).toMatchObject({
      storage: { tsdb: { out_of_order_time_window: '150m' } },
    });
  });

  test('the Monitor tab off', () => {
    const reaches = 'jaeger > prometheus:9090';
    expect(arrows('')).toContain(reaches);
    expect(arrows('jaeger: {monitor: false}')).not.toContain(reaches);
    const without = render('jaeger: {monitor: false}');
    expect(policy(without, 'jaeger').egress).toEqual([]);
    expect(JSON.stringify(configFile(without, 'jaeger-config', 'config.yaml'))).not.toContain('prometheus:9090');
  });

  test('no sampling strategies', () => {
    expect(arrows('').filter((edge) => edge.includes(':577'))).toEqual([]);
    expect(arrows('jaeger: {samplingStrategiesFile: a.json}')).toContain('Jan Server > jaeger:5778');
    const manifests = render('');
    expect(JSON.stringify(find(manifests, 'Service', 'jaeger'))).not.toContain('5778');
    expect(ports(policy(manifests, 'jaeger').ingress)).not.toContain(5778);
  });

  test('no Jan Server', () => {
    const manifests = render('janServer: null');
    expect(arrows('janServer: null').filter((edge) => /Jan Server|llm-api/.test(edge))).toEqual([]);
    expect(manifests.filter(({ metadata }) => metadata.namespace === 'jan-server')).toEqual([]);
    expect(jobs(manifests)).toEqual([
      'prometheus',
      'otel-collector',
      'otel-collector-internal',
      'jaeger',
      'grafana',
      'alertmanager',
      'kube-state-metrics',
      'kubelet',
      'cadvisor',
    ]);
    expect(JSON.stringify(find(manifests, 'Deployment', 'otel-collector'))).not.toContain('serviceAccountToken');
    expect(stackFrom('janServer: null').outside).toEqual([]);
  });

  test('no Alertmanager', () => {
    const off = 'alertmanager: {enabled: false}';
    const manifests = render(off);
    expect(arrows('').filter((edge) => edge.endsWith(' > alertmanager:9093'))).toEqual([
      'grafana > alertmanager:9093',
      'prometheus > alertmanager:9093',
      'kubelet > alertmanager:9093',
      'you, by kubectl port-forward > alertmanager:9093',
    ]);
    expect(arrows(off).filter((edge) => edge.includes('alertmanager'))).toEqual([]);
    expect(manifests.filter(({ metadata: { name } }) => name.includes('alertmanager'))).toEqual([]);
    expect(jobs(manifests)).not.toContain('alertmanager');
    expect(configFile(manifests, 'prometheus-config', 'prometheus.yaml').alerting).toBeUndefined();
  });

  test('no kube-state-metrics', () => {
    const off = 'kubeStateMetrics: {enabled: false}';
    expect(jobs(render(off))).not.toContain('kube-state-metrics');
    expect(render(off).filter(({ metadata: { name } }) => name.includes('kube-state-metrics'))).toEqual([]);
    expect(arrows(off).filter((edge) => edge.includes('kube-state-metrics'))).toEqual([]);
  });

  test('no kubelet: no job, no rule for the nodes, no right outside namespaces', () => {
    const off = 'kubelet: {enabled: false}';
    const scoped = (text: string) => render(text).filter(({ kind }) => kind.startsWith('ClusterRole'));
    expect(scoped('').map(({ metadata: { name } }) => name)).toEqual(
      Array(2).fill('jan-monitoring-prometheus-kubelet'),
    );
    expect(ports(policy(render(''), 'prometheus').egress)).toContain(10250);
    expect(scoped(off)).toEqual([]);
    expect(jobs(render(off))).not.toEqual(expect.arrayContaining(['kubelet']));
    expect(jobs(render(off))).not.toEqual(expect.arrayContaining(['cadvisor']));
    expect(ports(policy(render(off), 'prometheus').egress)).not.toContain(10250);
  });

  test('one Alertmanager fewer', () => {
    const gossip = (count: number) =>
      ports(policy(render(`alertmanager: {replicas: ${count}}`), 'alertmanager').egress).filter(
        (port) => port === 9094,
      );
    expect(gossip(2)).toHaveLength(2);
    expect(gossip(1)).toHaveLength(0);
  });

  test('one service fewer', () => {
    const text = (names: string[]) =>
      `janServer: {services: [${names.map((name) => `{name: ${name}, port: 80${names.indexOf(name)}}`)}]}`;
    const rules = (names: string[]) => JSON.stringify(policy(render(text(names)), 'prometheus').egress);
    expect(rules(['a', 'b'])).toContain('"app.kubernetes.io/component":"b"');
    expect(rules(['a'])).not.toContain('"app.kubernetes.io/component":"b"');
  });
});

describe('NetworkPolicies allow what the graph holds, and nothing else', () => {
  test('no traffic by default, and DNS', () => {
    const manifests = render('');
    expect(find(manifests, 'NetworkPolicy', 'default-deny').spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'cdk8s-observability' } },
      policyTypes: ['Ingress', 'Egress'],
    });
    expect(ports(policy(manifests, 'allow-dns').egress)).toEqual([53, 53]);
  });

  test('each edge is one rule at each end that is ours', () => {
    const { topology } = stackFrom('');
    const manifests = render('');
    for (const { name } of topology.components) {
      const incoming = topology.edges.filter(
        ({ client, server }) => server.name === name && ['component', 'pods'].includes(client.kind),
      );
      const outgoing = topology.edges.filter(({ client }) => client.kind === 'component' && client.name === name);
      expect(ports(policy(manifests, name).ingress)).toEqual(incoming.map(({ port }) => port));
      expect(ports(policy(manifests, name).egress)).toEqual(outgoing.map(({ port }) => port));
    }
  });

  test('"any address" leaves out where clouds hand out credentials', () => {
    const text = 'prometheus: {remoteWrite: [{name: a, url: "https://metrics.example.com/push"}]}';
    const rule = policy(render(text), 'prometheus').egress.find((entry) => ports([entry]).includes(443));
    expect(JSON.stringify(rule)).toContain('169.254.0.0/16');
    expect(JSON.stringify(rule)).toContain('fd00:ec2::254/128');
  });

  test('who else may connect is said by network.allowFrom', () => {
    const manifests = render(
      'network: {allowFrom: [{namespace: ingress-nginx, podLabels: {app: nginx}, to: grafana}]}',
    );
    expect(policy(manifests, 'grafana').ingress).toContainEqual({
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
          podSelector: { matchLabels: { app: 'nginx' } },
        },
      ],
      ports: [{ port: 3000, protocol: 'TCP' }],
    });
  });

  test('a thousand services stay below the size of an object', () => {
    const services = Array.from({ length: 1000 }, (_, index) => `{name: service-${index}, port: ${1024 + index}}`);
    const manifests = render(`janServer: {services: [${services}]}`);
    const names = manifests.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata }) => metadata.name);
    expect(names).toEqual(expect.arrayContaining(['prometheus', 'prometheus-2', 'prometheus-6']));
  });
});

describe('an address without an edge is refused', () => {
  const patched = (name: string, file: string, text: string, extra = '') =>
    `${extra}\npatches: [{kind: ConfigMap, name: ${name}, json: [{op: replace, path: /data/${file.replace('.', '.')}, value: ${JSON.stringify(text)}}]}]`;

  test.each([
    [
      'a URL',
      'prometheus-config',
      'prometheus.yaml',
      'remote_write: [{url: "https://metrics.example.com/push"}]',
      'prometheus',
      'metrics.example.com:443',
    ],
    [
      'a URL with a port',
      'prometheus-config',
      'prometheus.yaml',
      'remote_write: [{url: http://metrics.example.com:8428/push}]',
      'prometheus',
      'metrics.example.com:8428',
    ],
    [
      'host and port',
      'otel-collector-config',
      'config.yaml',
      'exporters: {otlp_grpc: {endpoint: tempo.example.com:4317}}',
      'otel-collector',
      'tempo.example.com:4317',
    ],
    [
      "another component's port",
      'grafana-datasources',
      'datasources.yaml',
      'datasources: [{url: http://otel-collector:8888}]',
      'grafana',
      'otel-collector:8888',
    ],
    [
      'a mail server',
      'grafana-config',
      'grafana.ini',
      '[smtp]\nhost = smtp.example.com:25\n',
      'grafana',
      'smtp.example.com:25',
    ],
  ])('%s in a patched file', (_name, configMap, file, text, component, address) => {
    expect(() => stackFrom(patched(configMap, file, text))).toThrow(
      `${component} is configured to connect to ${address}, and no edge`,
    );
  });

  test('in an argument or a variable', () => {
    const patch = (path: string, value: string) =>
      `patches: [{kind: Deployment, name: prometheus, json: [{op: add, path: ${path}, value: ${value}}]}]`;
    expect(() =>
      stackFrom(patch('/spec/template/spec/containers/0/args/-', '"--web.config=https://a.example.com"')),
    ).toThrow('a.example.com:443');
    expect(() =>
      stackFrom(
        patch('/spec/template/spec/containers/0/env/-', '{name: PROXY, value: "http://proxy.example.com:3128"}'),
      ),
    ).toThrow('proxy.example.com:3128');
  });

  test('and taken with its egress rule', () => {
    const egress =
      'network: {egress: [{from: prometheus, host: metrics.example.com, port: 443, cidr: 203.0.113.0/24}]}';
    const manifests = render(
      patched(
        'prometheus-config',
        'prometheus.yaml',
        'remote_write: [{url: "https://metrics.example.com/push"}]',
        egress,
      ),
    );
    expect(policy(manifests, 'prometheus').egress).toContainEqual({
      to: [{ ipBlock: { cidr: '203.0.113.0/24' } }],
      ports: [{ port: 443, protocol: 'TCP' }],
    });
  });

  test('addresses set by their own keys have theirs', () => {
    const everything = fixtures().find(({ name }) => name === 'everything')?.text ?? '';
    const edges = arrows(everything);
    for (const edge of [
      'prometheus > mimir.example.com:443',
      'prometheus > backup.example.com:8428',
      'grafana > smtp.example.com:587',
      'grafana > hooks.slack.com:443',
      'grafana > grafana.com:443',
      'alertmanager > smtp.example.com:587',
      'alertmanager > hooks.slack.com:443',
      'alertmanager > events.pagerduty.com:443',
      'alertmanager > tickets.example.com:443',
      'alertmanager > webhook relay:8443',
      'alertmanager > relay.alerting.svc:8080',
      'alertmanager > heartbeat.example.com:443',
      'prometheus > alertmanager.example.com:443',
    ]) {
      expect(edges).toContain(edge);
    }
  });
});
