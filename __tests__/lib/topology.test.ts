/** The graph of connections: an edge for each address that is asked for, and the picture of them. */
import { mermaid } from '../../lib/diagram';
import { PORTS } from '../../lib/endpoint';
import { connectOutside, hostOf, namespaceOf } from '../../lib/outside';
import { OPERATOR } from '../../lib/parties';
import { Topology } from '../../lib/topology';

const build = () => {
  const topology = new Topology('cluster.local');
  const a = topology.component('a', { app: 'a' });
  const b = topology.component('b', { app: 'b' });
  return { topology, a, b, http: topology.endpoint(b, PORTS.prometheus) };
};

test('asking for an address records an edge', () => {
  const { topology, a, http } = build();
  expect(topology.edges).toEqual([]);
  expect(http.addressFor(a, 'queries')).toBe('b:9090');
  expect(http.urlFor(a, 'other words', '/api')).toBe('http://b:9090/api');
  expect(topology.edges).toEqual([expect.objectContaining({ port: 9090, purpose: 'other words, queries' })]);
});

test('the order of edges does not depend on the order of recording', () => {
  const recorded = (purposes: readonly string[]) => {
    const { topology, a, b, http } = build();
    const c = topology.component('c', { app: 'c' });
    for (const purpose of purposes)
      for (const client of purpose < 'n' ? [a, c, b] : [b, c, a]) http.allow(client, purpose);
    return topology.edges;
  };
  expect(recorded(['alerts', 'queries'])).toEqual(recorded(['queries', 'alerts']));
});

test('a host outside the cluster is an edge too', () => {
  const { topology, a } = build();
  connectOutside(topology, a, { ...hostOf('https://metrics.example.com/push'), cidr: null }, 'remote write');
  expect(topology.edges).toEqual([
    {
      client: a,
      server: { kind: 'network', name: 'metrics.example.com', cidr: null },
      port: 443,
      protocol: 'TCP',
      purpose: 'remote write',
    },
  ]);
  expect(hostOf('http://h:8428/x')).toEqual({ host: 'h', port: 8428 });
});

test.each([
  ['mimir.stores.svc', 'stores'],
  ['mimir.stores.svc.cluster.local', 'stores'],
  ['mimir-0.mimir.stores.svc.cluster.local', 'stores'],
  ['svc.svc.svc', 'svc'],
  ['mimir.stores.svc.other.domain', undefined],
  ['x.kube-system.svc.evil.com', undefined],
  ['x.kube-system.svc.cluster.local.evil.com', undefined],
  ['x.kube-system.svc.cluster.localhost', undefined],
  ['a.b.c.kube-system.svc', undefined],
  ['kube-system.svc', undefined],
  ['mimir.stores', undefined],
  ['example.com', undefined],
  ['10.0.0.1', undefined],
])('%s is in the namespace %s', (host, namespace) => {
  expect(namespaceOf(host, 'cluster.local')).toBe(namespace);
  const { topology, a } = build();
  connectOutside(topology, a, { host, port: 443, cidr: null }, 'remote write');
  expect(topology.edges[0]?.server).toMatchObject(
    namespace === undefined ? { kind: 'network' } : { kind: 'pods', namespace },
  );
});

test("a Service is known by the cluster's own domain", () => {
  expect(namespaceOf('mimir.stores.svc.k8s.example.com', 'k8s.example.com')).toBe('stores');
  expect(namespaceOf('mimir.stores.svc.cluster.local', 'k8s.example.com')).toBeUndefined();
});

test.each(['localhost', '127.0.0.1'])('%s is the pod itself, and opens no port', (host) => {
  const { topology, a } = build();
  connectOutside(topology, a, { host, port: 5432, cidr: null }, 'a proxy beside it');
  expect(topology.edges).toEqual([]);
});

test('two components of one name are refused', () => {
  const { topology } = build();
  expect(() => topology.component('a', {})).toThrow('There is a component a already');
});

test('the diagram has an arrow for each pair of ends, with its ports', () => {
  const { topology, a, b, http } = build();
  const other = topology.endpoint(b, PORTS.internalMetrics);
  http.allow(a, 'queries');
  other.allow(a, 'queries');
  http.allow(OPERATOR, 'UI');
  const picture = mermaid(topology.edges);
  expect(picture).toContain('component_a -->|"queries :8888, 9090"| component_b');
  expect(picture).toContain('subgraph group0["the stack"]');
  expect(picture.split('\n').filter((line) => line.includes('-->'))).toHaveLength(2);
});
