/** An address that a configuration connects to has an edge: of its own key, or of `network.egress`. */
import { fixtures, render, stackFrom } from '../support';
import { policy } from '../support/policies';

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
])('%s in a patched file without an edge is refused', (_name, configMap, file, text, component, address) => {
  expect(() => stackFrom(patched(configMap, file, text))).toThrow(
    `${component} is configured to connect to ${address}, and no edge`,
  );
});

test('an address in an argument or a variable without an edge is refused', () => {
  const patch = (path: string, value: string) =>
    `patches: [{kind: Deployment, name: prometheus, json: [{op: add, path: ${path}, value: ${value}}]}]`;
  expect(() =>
    stackFrom(patch('/spec/template/spec/containers/0/args/-', '"--web.config=https://a.example.com"')),
  ).toThrow('a.example.com:443');
  expect(() =>
    stackFrom(patch('/spec/template/spec/containers/0/env/-', '{name: PROXY, value: "http://proxy.example.com:3128"}')),
  ).toThrow('proxy.example.com:3128');
});

test('an address with its rule under network.egress is accepted', () => {
  const egress = 'network: {egress: [{from: prometheus, host: metrics.example.com, port: 443, cidr: 203.0.113.0/24}]}';
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

test('addresses of remote write, receivers, mail and plugins have their edges', () => {
  const everything = fixtures().find(({ name }) => name === 'everything')?.text ?? '';
  const edges = stackFrom(everything).topology.edges.map(
    ({ client, server, port }) => `${client.name} > ${server.name}:${port}`,
  );
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
