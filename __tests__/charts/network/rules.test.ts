/** NetworkPolicies allow what the graph holds, and nothing else. */
import { find, render, stackFrom } from '../../support';
import { policy, ports } from '../../support/policies';

test('pods may reach DNS and nothing else by default', () => {
  const manifests = render('');
  expect(find(manifests, 'NetworkPolicy', 'default-deny').spec).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'cdk8s-observability' } },
    policyTypes: ['Ingress', 'Egress'],
  });
  expect(ports(policy(manifests, 'allow-dns').egress)).toEqual([53, 53]);
});

test('each edge is one rule at each end that is in the stack', () => {
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

test('a rule for any address leaves out the metadata addresses of clouds', () => {
  const text = 'prometheus: {remoteWrite: [{name: a, url: "https://metrics.example.com/push"}]}';
  const rule = policy(render(text), 'prometheus').egress.find((entry) => ports([entry]).includes(443));
  expect(JSON.stringify(rule)).toContain('169.254.0.0/16');
  expect(JSON.stringify(rule)).toContain('fd00:ec2::254/128');
});

test('network.allowFrom opens an endpoint to other pods', () => {
  const manifests = render('network: {allowFrom: [{namespace: ingress-nginx, podLabels: {app: nginx}, to: grafana}]}');
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

test('who may send telemetry may ask for sampling strategies, where they are served', () => {
  const allowFrom = 'network: {allowFrom: [{namespace: shop, to: collector}]}';
  const fromShop = (text: string, name: string) =>
    ports(policy(render(text), name).ingress.filter((rule) => JSON.stringify(rule).includes('"shop"')));
  const served = `jaeger: {samplingStrategiesFile: sampling.json}\n${allowFrom}`;
  expect(fromShop(served, 'otel-collector')).toEqual([4317, 4318]);
  expect(fromShop(served, 'jaeger')).toEqual([5778, 5779]);
  expect(fromShop(allowFrom, 'jaeger')).toEqual([]);
});

test('rules for a thousand services are split before an object is too large', () => {
  const services = Array.from({ length: 1000 }, (_, index) => `{name: service-${index}, port: ${1024 + index}}`);
  const manifests = render(`janServer: {services: [${services}]}`);
  const names = manifests.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata }) => metadata.name);
  expect(names).toEqual(expect.arrayContaining(['prometheus', 'prometheus-2', 'prometheus-6']));
});
