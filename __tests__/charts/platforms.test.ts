/** What each platform changes, and what must hold on it. */

import { PLATFORM_NAMES, PLATFORMS, type PlatformName } from '../../config/platforms';
import { bytes } from '../../config/units';
import { type Manifest, podOf } from '../../stack/checks/manifest';
import { configFile, find, render } from '../support';

/** Values of an object by their paths. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${path}/${key}`));
}

const nameOf = ({ kind, metadata: { name } }: Manifest) => `${kind} ${name}`;

/** What differs: `- ` stood there before, `+ ` stands there now. */
function differences(before: readonly Manifest[], after: readonly Manifest[]): string[] {
  const lines = (manifests: readonly Manifest[]) =>
    new Set(
      manifests.flatMap((manifest) =>
        leaves(manifest).map(([path, value]) => `${nameOf(manifest)} ${path}: ${JSON.stringify(value)}`),
      ),
    );
  const [old, now] = [lines(before), lines(after)];
  return [
    ...[...old].filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...[...now].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
  ];
}

const generic = render('platform: generic');

type Resources = Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
type Peer = { readonly ipBlock?: { readonly cidr: string }; readonly podSelector?: unknown };
type Egress = { readonly to: readonly Peer[]; readonly ports: readonly { readonly port: number }[] };

const egressOf = (manifests: readonly Manifest[], policy: string) =>
  (find(manifests, 'NetworkPolicy', policy).spec as { egress: readonly Egress[] }).egress;
const blocks = (rules: readonly Egress[]) =>
  rules.flatMap(({ to }) => to.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []));
const portsOf = (rules: readonly Egress[]) => [...new Set(rules.flatMap(({ ports }) => ports.map(({ port }) => port)))];
type Pod = {
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly containers: readonly { readonly resources: Resources }[];
  readonly initContainers?: readonly { readonly resources: Resources }[];
};
const podsOf = (manifests: readonly Manifest[]) =>
  manifests.flatMap((manifest) => podOf(manifest) ?? []) as unknown as Pod[];
const resourcesOf = (manifests: readonly Manifest[]) =>
  podsOf(manifests).flatMap(({ containers, initContainers = [] }) =>
    [...containers, ...initContainers].map(({ resources }) => resources),
  );
const cores = (cpu = '0') => (cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu));

describe.each(PLATFORM_NAMES)('%s', (name: PlatformName) => {
  const platform = PLATFORMS[name];
  const manifests = render(`platform: ${name}`);

  test('differs from generic in this', () => {
    expect(differences(generic, manifests)).toMatchSnapshot();
  });

  test('pods ask its DNS, at the port that the pods of it listen on', () => {
    const rules = egressOf(manifests, 'allow-dns');
    expect(portsOf(rules)).toEqual([name === 'openshift' ? 5353 : 53]);
    expect(blocks(rules)).toEqual(platform.dns.addresses);
    expect(rules[0]?.to.filter(({ podSelector }) => podSelector)).toHaveLength(platform.dns.pods.length);
  });

  test('every claim has its StorageClass, or all have that of storage.className', () => {
    const classes = (objects: readonly Manifest[]) =>
      objects
        .filter(({ kind }) => kind === 'PersistentVolumeClaim')
        .map(({ spec }) => (spec as { storageClassName?: string }).storageClassName ?? null);
    expect(classes(manifests)).toEqual(Array(5).fill(platform.storageClass));
    expect(classes(render(`{platform: ${name}, storage: {className: fast}}`))).toEqual(Array(5).fill('fast'));
  });

  test('users are named, or left to the platform, in every pod alike', () => {
    const pods = podsOf(manifests);
    for (const { securityContext } of pods) {
      for (const key of ['runAsUser', 'runAsGroup', 'fsGroup'])
        expect(securityContext[key] !== undefined).toBe(platform.namesUsers);
      expect(securityContext.runAsNonRoot).toBe(true);
    }
    expect(JSON.stringify(manifests.map(podOf)).match(/"runAsUser"/g)?.length ?? 0).toBe(
      platform.namesUsers ? pods.length : 0,
    );
  });

  test('the API server is reached at its ports, and at the address that is given', () => {
    const given = render(`{platform: ${name}, cluster: {apiServer: {cidr: 10.1.2.3/32}, nodes: {cidr: 10.2.0.0/16}}}`);
    for (const policy of ['prometheus', 'otel-collector']) {
      const rules = egressOf(given, policy).filter(({ to }) =>
        to.some(({ ipBlock }) => ipBlock?.cidr === '10.1.2.3/32'),
      );
      expect(portsOf(rules)).toEqual(platform.apiServerPorts);
      expect(blocks(egressOf(given, policy))).not.toContain('0.0.0.0/0');
    }
    const toNodes = egressOf(given, 'prometheus').filter(({ to }) =>
      to.some(({ ipBlock }) => ipBlock?.cidr === '10.2.0.0/16'),
    );
    expect(portsOf(toNodes)).toEqual([10250]);
  });

  test("a kubelet's certificate is verified where the platform signs it, or as it is said", () => {
    const verified = (text: string) => {
      type Job = { readonly job_name: string; readonly tls_config?: { readonly insecure_skip_verify?: boolean } };
      const file = configFile<{ scrape_configs: Job[] }>(render(text), 'prometheus-config', 'prometheus.yaml');
      const found = file.scrape_configs.filter(({ job_name }) => ['kubelet', 'cadvisor'].includes(job_name));
      return found.map(({ tls_config }) => tls_config?.insecure_skip_verify !== true);
    };
    expect(verified(`platform: ${name}`)).toEqual(Array(2).fill(platform.signsKubelets));
    for (const is of [true, false])
      expect(verified(`{platform: ${name}, kubelet: {verifyCertificates: ${is}}}`)).toEqual([is, is]);
  });

  test('requests do not exceed limits', () => {
    expect(resourcesOf(manifests).length).toBeGreaterThanOrEqual(4);
    for (const { requests, limits } of resourcesOf(manifests)) {
      expect(bytes(requests.memory ?? '')).toBeLessThanOrEqual(bytes(limits.memory ?? ''));
      if (limits.cpu !== undefined) expect(cores(requests.cpu)).toBeLessThanOrEqual(cores(limits.cpu));
    }
  });
});

test.each(['', 'collector: {replicas: 2}', 'prometheus: {resources: {cpu: 130m, memory: 6Gi, ephemeralStorage: 1Gi}}'])(
  'Autopilot changes nothing of: %s',
  (text) => {
    for (const { requests, limits } of resourcesOf(render(`platform: gke-autopilot\n${text}`))) {
      expect(limits).toEqual(requests);
      const millis = cores(requests.cpu) * 1000;
      expect(Math.round(millis) % 50).toBe(0);
      const gibibytesPerCore = bytes(requests.memory ?? '') / 2 ** 30 / cores(requests.cpu);
      expect(gibibytesPerCore).toBeGreaterThanOrEqual(1);
      expect(gibibytesPerCore).toBeLessThanOrEqual(6.5);
    }
  },
);

describe('network.engine: cilium', () => {
  const policies = (text: string) =>
    render(`network: {engine: cilium}\n${text}`)
      .filter(({ kind }) => kind === 'CiliumNetworkPolicy')
      .map(({ metadata: { name }, spec }) => [name, spec] as const);

  test('names the API server and the node, and leaves no address rule for them', () => {
    expect(Object.fromEntries(policies(''))).toMatchSnapshot();
    const manifests = render('network: {engine: cilium}');
    expect(blocks(egressOf(manifests, 'allow-dns'))).toEqual([]);
    expect(egressOf(manifests, 'prometheus').flatMap(({ ports }) => ports)).not.toContainEqual(
      expect.objectContaining({ port: 6443 }),
    );
  });

  test('says nothing of a node where DNS is in pods only, and of no API server where nothing is discovered', () => {
    expect(policies('platform: kind').map(([name]) => name)).toEqual([
      'kube-state-metrics-kube-apiserver',
      'otel-collector-kube-apiserver',
      'prometheus-kube-apiserver',
      'prometheus-nodes',
    ]);
    const off = 'janServer: null\nkubeStateMetrics: {enabled: false}\nkubelet: {enabled: false}';
    expect(policies(off).map(([name]) => name)).toEqual(['allow-dns-on-node', 'prometheus-kube-apiserver']);
  });
});
