import { APPLIED_FIRST, NEVER_PRUNED } from '../../lib/gitops';
import { MAX_OBJECT_BYTES } from '../../lib/limits';
import { appsOf } from '../../stack/apps';
import { type Manifest, manifestsOf, mountedConfigMaps, podOf } from '../../stack/checks/manifest';
import { allStacks } from '../support';

type Labels = Readonly<Record<string, string>>;
type Port = { readonly name: string; readonly containerPort: number };
type Probe = { readonly httpGet: { readonly port: string; readonly path: string } };
type FullContainer = {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly Port[];
  readonly resources: { readonly requests: Labels; readonly limits: Labels };
  readonly securityContext: Record<string, unknown>;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
} & Readonly<Record<'readinessProbe' | 'livenessProbe' | 'startupProbe', Probe>>;
type FullPod = {
  readonly containers: readonly FullContainer[];
  readonly initContainers?: readonly FullContainer[];
  readonly securityContext: Record<string, unknown>;
  readonly volumes: readonly {
    readonly name: string;
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
} & Readonly<Record<string, unknown>>;

const stacks = allStacks().map(({ name, config, stack }) => ({
  name,
  config,
  stack,
  manifests: manifestsOf(appsOf(stack)),
}));
const objects = stacks.flatMap(({ name, manifests }) =>
  manifests.map((manifest) => ({ id: `${name} ${manifest.kind}/${manifest.metadata.name}`, manifest, manifests })),
);
const everyPod = objects.flatMap(({ id, manifest, manifests }) => {
  const pod = podOf(manifest);
  return pod === undefined ? [] : [{ id, manifest, manifests, pod: pod as unknown as FullPod }];
});
/** node-exporter is in the network of its node, in a namespace of its own. */
const ofNodes = everyPod.filter(({ manifest }) => manifest.kind === 'DaemonSet');
const pods = everyPod.filter(({ manifest }) => manifest.kind !== 'DaemonSet');
const containers = everyPod.flatMap(({ id, pod }) =>
  [...(pod.initContainers ?? []), ...pod.containers].map((container) => ({ id: `${id} ${container.name}`, container })),
);
/** Labels of a workload's pod template. */
const templateLabels = ({ spec }: Manifest): Labels => {
  type Template = { metadata: { labels: Labels } };
  const { template, jobTemplate } = (spec ?? {}) as {
    template?: Template;
    jobTemplate?: { spec: { template: Template } };
  };
  return (template ?? jobTemplate?.spec.template)?.metadata.labels ?? {};
};
const READABLE = [
  ...['endpointslices', 'pods', 'services', 'nodes', 'nodes/metrics', 'persistentvolumeclaims'],
  ...['daemonsets', 'deployments', 'statefulsets', 'cronjobs', 'jobs'],
];
const CLUSTER_SCOPED = [
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'StorageClass',
  'PersistentVolume',
  'PriorityClass',
];

test('the stacks have objects, pods and containers to check', () => {
  expect(stacks.length).toBeGreaterThanOrEqual(3);
  expect(pods.length).toBeGreaterThanOrEqual(stacks.length * 4);
});

describe.each(stacks)('$name', ({ manifests, config, stack }) => {
  test('each object exists once', () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`);
    expect(names).toHaveLength(new Set(names).size);
  });

  test('every Service selects one pod template, and its target ports are ports of it', () => {
    for (const service of manifests.filter(({ kind }) => kind === 'Service')) {
      const spec = service.spec as { selector: Labels; ports: { targetPort: string; port: number }[] };
      const selected = manifests.filter((manifest) => {
        const labels = templateLabels(manifest);
        return podOf(manifest) && Object.entries(spec.selector).every(([key, value]) => labels[key] === value);
      });
      expect(selected).toHaveLength(1);
      const ports = (podOf(selected[0] as Manifest) as unknown as FullPod).containers.flatMap(
        (container) => container.ports,
      );
      for (const { targetPort, port } of spec.ports)
        expect(ports).toContainEqual(expect.objectContaining({ name: targetPort, containerPort: port }));
    }
  });

  test('every pod template is selected by a NetworkPolicy of its own', () => {
    const policies = manifests
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ spec }) => spec as { podSelector: { matchLabels: Labels } });
    for (const { manifest } of pods.filter((pod) => pod.manifests === manifests)) {
      const labels = templateLabels(manifest);
      const selecting = policies.filter(({ podSelector }) =>
        Object.entries(podSelector.matchLabels).every(([key, value]) => labels[key] === value),
      );
      expect(selecting.length).toBeGreaterThanOrEqual(3);
    }
  });

  test('no rule of a NetworkPolicy allows everyone, or every port', () => {
    for (const { spec } of manifests.filter(({ kind }) => kind === 'NetworkPolicy')) {
      const { ingress = [], egress = [] } = spec as Record<
        'ingress' | 'egress',
        { from?: unknown[]; to?: unknown[]; ports?: unknown[] }[]
      >;
      for (const rule of [...ingress, ...egress]) {
        expect((rule.from ?? rule.to ?? []).length).toBeGreaterThan(0);
        expect((rule.ports ?? []).length).toBeGreaterThan(0);
      }
    }
  });

  test('what is mounted exists', () => {
    const names = (kind: string) =>
      manifests.filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.name);
    for (const { pod } of pods.filter((entry) => entry.manifests === manifests)) {
      const wanted = [...mountedConfigMaps(pod as never)].filter((name) => name !== 'kube-root-ca.crt');
      expect(names('ConfigMap')).toEqual(expect.arrayContaining(wanted));
      const claims = pod.volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
      expect(names('PersistentVolumeClaim')).toEqual(expect.arrayContaining(claims));
    }
  });

  test('nothing grants more than reading what programs watch, and no content of a Secret or a ConfigMap', () => {
    const rules = manifests
      .filter(({ kind }) => kind.includes('Role') && !kind.includes('Binding'))
      .flatMap((role) => (role as unknown as { rules: { resources: string[]; verbs: string[] }[] }).rules);
    expect(rules.length).toBeGreaterThan(0);
    for (const { resources, verbs } of rules) {
      expect(READABLE).toEqual(expect.arrayContaining(resources));
      expect(['get', 'list', 'watch']).toEqual(expect.arrayContaining(verbs));
    }
  });

  test('objects stand in the namespaces of the configuration', () => {
    const { namespace, janServer, vllm, gpu, nodeExporter } = config;
    const others = [janServer, vllm, gpu, nodeExporter.enabled ? nodeExporter : null];
    const allowed = [namespace, undefined, ...others.map((place) => place?.namespace)];
    for (const { metadata } of manifests) expect(allowed).toContain(metadata.namespace);
  });

  test('every endpoint has a client', () => {
    const used = new Set(stack.topology.edges.map(({ server, port }) => `${server.name}:${port}`));
    for (const { server, port } of stack.topology.endpoints) expect(used).toContain(`${server.name}:${port}`);
  });
});

describe.each(objects)('$id', ({ manifest }) => {
  const text = JSON.stringify(manifest);

  test('is well formed', () => {
    expect(manifest.metadata.name).toMatch(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
    // Only names of RBAC objects are no DNS labels.
    expect(manifest.metadata.name.length).toBeLessThanOrEqual(manifest.kind.startsWith('Role') ? 253 : 63);
    expect(text).not.toMatch(/undefined|\[object|NaN/);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_OBJECT_BYTES);
    expect(manifest.kind).not.toBe('Secret');
    expect(manifest.metadata.namespace === undefined).toBe(CLUSTER_SCOPED.includes(manifest.kind));
  });

  test('carries the common labels, and no version in a selector', () => {
    expect(manifest.metadata.labels).toMatchObject({
      'app.kubernetes.io/managed-by': 'cdk8s',
      'app.kubernetes.io/part-of': 'cdk8s-observability',
    });
    const { selector } = (manifest.spec ?? {}) as { selector?: unknown };
    expect(JSON.stringify(selector ?? {})).not.toContain('version');
  });

  test('is never pruned by a GitOps tool if data goes with it; a claim waits for no wave', () => {
    const { metadata, kind } = manifest as Manifest & { metadata: { annotations?: Labels } };
    const templates = (manifest.spec as { volumeClaimTemplates?: { metadata: { annotations: Labels } }[] } | undefined)
      ?.volumeClaimTemplates;
    for (const template of templates ?? []) expect(template.metadata.annotations).toEqual(NEVER_PRUNED);
    if (kind === 'PersistentVolumeClaim') expect(metadata.annotations).toEqual(NEVER_PRUNED);
    else if (kind === 'Namespace') expect(metadata.annotations).toEqual({ ...APPLIED_FIRST, ...NEVER_PRUNED });
    else expect(metadata.annotations ?? {}).not.toMatchObject(NEVER_PRUNED);
  });

  test('asks for one access mode if it is a claim', () => {
    if (manifest.kind !== 'PersistentVolumeClaim') return;
    expect(manifest.spec).toMatchObject({ accessModes: ['ReadWriteOnce'] });
  });
});

describe.each(pods)('$id', ({ manifest, pod, manifests }) => {
  test('meets the restricted Pod Security level', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    // OpenShift assigns users, and refuses those that are named.
    expect(Number(pod.securityContext.runAsUser ?? 1)).toBeGreaterThan(0);
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      serviceAccountName: manifest.metadata.name,
    });
    expect(
      manifests.some(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === pod.serviceAccountName),
    ).toBe(true);
    for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) expect(pod[key]).toBeUndefined();
  });

  test('never runs twice with a claim: one replica, recreated, or one Job at a time', () => {
    if (!pod.volumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim)) return;
    const once = { replicas: 1, strategy: { type: 'Recreate' } };
    expect(manifest.spec).toMatchObject(manifest.kind === 'CronJob' ? { concurrencyPolicy: 'Forbid' } : once);
  });

  test('is spread over nodes, and has a disruption budget, with several replicas', () => {
    const { replicas = 1 } = manifest.spec as { replicas?: number };
    const budgets = manifests.filter(
      ({ kind, metadata }) => kind === 'PodDisruptionBudget' && metadata.name === manifest.metadata.name,
    );
    expect(budgets).toHaveLength(replicas > 1 ? 1 : 0);
    expect(Array.isArray(pod.topologySpreadConstraints)).toBe(replicas > 1);
  });

  test('mounts no volume twice at one path, and none inside another that is read-only', () => {
    for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
      const paths = container.volumeMounts.map(({ mountPath }) => mountPath);
      expect(paths).toHaveLength(new Set(paths).size);
      for (const path of paths)
        expect(paths.filter((other) => other !== path && path.startsWith(`${other}/`))).toEqual([]);
      const { volumeClaimTemplates = [] } = manifest.spec as {
        volumeClaimTemplates?: { metadata: { name: string } }[];
      };
      const volumes = [
        ...pod.volumes.map((volume) => volume.name),
        ...volumeClaimTemplates.map(({ metadata }) => metadata.name),
      ];
      for (const { name } of container.volumeMounts) expect(volumes).toContain(name);
    }
  });

  test('has probes on ports of its own, unless it runs to an end', () => {
    if (['CronJob', 'Job'].includes(manifest.kind)) return;
    for (const container of pod.containers) {
      for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
        expect(container.ports.map(({ name }) => name)).toContain(probe.httpGet.port);
      }
    }
  });
});

test.each(ofNodes)('$id reads the node, and cannot change it', ({ manifest, manifests, pod }) => {
  expect(pod).toMatchObject({
    hostNetwork: true,
    hostPID: true,
    automountServiceAccountToken: false,
    tolerations: [{ operator: 'Exists' }],
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  });
  for (const { volumeMounts } of pod.containers) {
    expect(volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/host/sys', '/host/root']);
    for (const mount of volumeMounts)
      expect(mount).toMatchObject({ readOnly: true, mountPropagation: 'HostToContainer' });
  }
  const { namespace } = manifest.metadata;
  const home = manifests.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace);
  expect(home?.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'privileged' });
});

test('the stacks have a DaemonSet', () => expect(ofNodes.length).toBeGreaterThan(0));

test.each(containers)('$id is confined, bounded and pinned', ({ container }) => {
  expect(container.securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(Object.keys(container.resources.requests).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
  // CPU is limited on Autopilot only.
  expect(
    Object.keys(container.resources.limits)
      .filter((key) => key !== 'cpu')
      .sort(),
  ).toEqual(['ephemeral-storage', 'memory']);
  expect(container.image).toMatch(/^[a-z0-9./-]+:v?[0-9][\w.-]*(@sha256:[0-9a-f]{64})?$/);
});
