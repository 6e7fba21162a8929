import { bytes, goDuration, mebibytes, prometheusSize, seconds } from '../../config/units';
import { exceptionsOf, isMetadata } from '../../lib/address-ranges';
import { toYaml } from '../../lib/config-file';
import { mermaid } from '../../lib/diagram';
import { PORTS } from '../../lib/endpoint';
import { connectOutside, hostOf, namespaceOf } from '../../lib/outside';
import { OPERATOR } from '../../lib/parties';
import { slug } from '../../lib/slug';
import { Topology } from '../../lib/topology';

describe('units', () => {
  test.each([
    ['15s', 15],
    ['5m', 300],
    ['2h', 7200],
    ['30d', 2_592_000],
    ['1w', 604_800],
  ])('%s is %i seconds', (text, expected) => expect(seconds(text)).toBe(expected));

  test.each([
    ['1Ki', 1024],
    ['10Gi', 10_737_418_240],
  ])('%s is %i bytes', (text, expected) => expect(bytes(text)).toBe(expected));

  test('Go knows no days', () =>
    expect(['7d', '1w', '90m', '15s'].map(goDuration)).toEqual(['168h', '168h', '90m', '15s']));

  test("Prometheus' GB is our Gi, and Go's GiB", () => {
    expect(prometheusSize('10Gi')).toBe('10GB');
    expect(prometheusSize('512Ki')).toBe('512KB');
    expect(mebibytes(bytes('1Gi') * 0.8)).toBe('819MiB');
  });
});

describe('config files', () => {
  test('YAML that Go reads as it was meant: words stay words, nothing folds, nothing is aliased', () => {
    const shared = { on: 'yes', time: '12:30:45', octal: '0o14', long: 'x '.repeat(100).trim() };
    const text = toYaml({ a: shared, b: shared });
    expect(text).not.toMatch(/[&*]a1/);
    expect(text).toContain('"yes"');
    expect(text).toContain('"12:30:45"');
    expect(text).toContain(shared.long);
  });
});

describe('ranges of addresses', () => {
  test.each([
    ['0.0.0.0/0', ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32']],
    ['::/0', ['fd00:ec2::254/128', 'fe80::/10']],
    ['169.0.0.0/8', ['169.254.0.0/16']],
    ['100.64.0.0/10', ['100.100.100.200/32']],
    ['168.63.129.0/24', ['168.63.129.16/32']],
    ['fd00::/8', ['fd00:ec2::254/128']],
    ['10.0.0.0/8', []],
    ['168.63.130.0/24', []],
  ])('%s is opened without %j', (range, exceptions) => {
    expect(exceptionsOf(range)).toEqual(exceptions);
    expect(isMetadata(range)).toBe(false);
  });

  test.each(['169.254.169.254/32', '169.254.0.0/16', '169.254.128.0/17', 'fd00:ec2::254/128', 'fe80::1/128'])(
    '%s is never opened',
    (range) => expect(isMetadata(range)).toBe(true),
  );
});

describe('slug', () => {
  test('keeps what is a name already', () => expect(slug('on-call')).toBe('on-call'));
  test('never makes one name of two texts', () => {
    const texts = [
      'On call',
      'on call',
      'on_call',
      'on--call',
      'ON-CALL',
      '警报',
      '!!!',
      'a'.repeat(60),
      'a'.repeat(61),
      '-a',
      'a-',
    ];
    const slugs = texts.map(slug);
    expect(new Set(slugs).size).toBe(texts.length);
    for (const name of slugs) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/);
  });
});

describe('topology', () => {
  const build = () => {
    const topology = new Topology('cluster.local');
    const a = topology.component('a', { app: 'a' });
    const b = topology.component('b', { app: 'b' });
    return { topology, a, b, http: topology.endpoint(b, PORTS.prometheus) };
  };

  test('asking for an address records who asked', () => {
    const { topology, a, http } = build();
    expect(topology.edges).toEqual([]);
    expect(http.addressFor(a, 'queries')).toBe('b:9090');
    expect(http.urlFor(a, 'other words', '/api')).toBe('http://b:9090/api');
    expect(topology.edges).toEqual([expect.objectContaining({ port: 9090, purpose: 'other words, queries' })]);
  });

  test('edges come in the same order, whichever was recorded first', () => {
    const recorded = (purposes: readonly string[]) => {
      const { topology, a, b, http } = build();
      const c = topology.component('c', { app: 'c' });
      for (const purpose of purposes)
        for (const client of purpose < 'n' ? [a, c, b] : [b, c, a]) http.allow(client, purpose);
      return topology.edges;
    };
    expect(recorded(['alerts', 'queries'])).toEqual(recorded(['queries', 'alerts']));
  });

  test('a host outside is an edge too', () => {
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
  ])('%s is of the namespace %s', (host, namespace) => {
    expect(namespaceOf(host, 'cluster.local')).toBe(namespace);
    const { topology, a } = build();
    connectOutside(topology, a, { host, port: 443, cidr: null }, 'remote write');
    expect(topology.edges[0]?.server).toMatchObject(
      namespace === undefined ? { kind: 'network' } : { kind: 'pods', namespace },
    );
  });

  test("the cluster's own domain decides", () => {
    expect(namespaceOf('mimir.stores.svc.k8s.example.com', 'k8s.example.com')).toBe('stores');
    expect(namespaceOf('mimir.stores.svc.cluster.local', 'k8s.example.com')).toBeUndefined();
  });

  test.each(['localhost', '127.0.0.1'])('%s is the pod itself, and opens nothing', (host) => {
    const { topology, a } = build();
    connectOutside(topology, a, { host, port: 5432, cidr: null }, 'a proxy beside it');
    expect(topology.edges).toEqual([]);
  });

  test('two components of one name are refused', () => {
    const { topology } = build();
    expect(() => topology.component('a', {})).toThrow('There is a component a already');
  });

  test('the picture has an arrow for each pair of ends, with its ports', () => {
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
});
