/** Every environment, fixture and platform, as a real API server would take it: nothing is stored, and a warning is a failure. */

import { PLATFORM_NAMES } from '../../config/platforms';
import { appsOf, buildStack } from '../../stack/apps';
import { type Manifest, manifestsOf } from '../../stack/checks/manifest';
import { allStacks, configFrom } from '../support';
import { clean, kubectl } from './cluster';

const JAN = 'admission-jan-server';

const configs = [
  ...allStacks().map(({ name, config }) => ({ name, config })),
  ...PLATFORM_NAMES.map((name) => ({ name: `on-${name}`, config: configFrom(`platform: ${name}`) })),
];
const stacks = configs.map(({ name, config: { janServer, ...config } }) => {
  const jan = janServer === null ? null : { ...janServer, namespace: JAN };
  return { name, stack: buildStack({ ...config, namespace: `admission-${name}`, janServer: jan }, 'unused') };
});
/** Namespaces of those who are watched. */
const watched = [...new Set(stacks.flatMap(({ stack }) => stack.outside.map(({ namespace }) => namespace)))];

const listOf = (items: readonly Manifest[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** What kubectl says of a dry run; throws what the API server refuses or warns of. */
const dryRun = (manifests: readonly Manifest[]): string[] =>
  kubectl(
    ['apply', '--server-side', '--dry-run=server', '--warnings-as-errors', '-o', 'name', '-f', '-'],
    listOf(manifests),
  )
    .trim()
    .split('\n');

/** Kinds that only some networks bring. Where there is none of them, their objects are not judged, and that is said. */
const isServed = ({ apiVersion, kind, metadata }: Manifest): boolean => {
  if (!apiVersion.startsWith('cilium.io/')) return true;
  if (kubectl(['api-resources', '--api-group=cilium.io', '-o', 'name']).trim() !== '') return true;
  process.stdout.write(`NOT JUDGED: ${kind}/${metadata.name}, which this cluster does not serve\n`);
  return false;
};

beforeAll(() => {
  for (const namespace of watched) kubectl(['create', 'namespace', namespace]);
});
afterAll(() => clean(...watched));

test.each(stacks)('$name', ({ stack }) => {
  const manifests = manifestsOf(appsOf(stack)).filter(isServed);
  // What the others are judged with must be there: the Namespace with its levels, and the class of the pods' priority.
  const isBase = ({ kind }: Manifest) => ['Namespace', 'PriorityClass'].includes(kind);
  const base = manifests.filter(isBase);
  kubectl(['apply', '--server-side', '-f', '-'], listOf(base));
  try {
    expect(dryRun(manifests)).toHaveLength(manifests.length);
    // The check can fail: a pod that asks for root, and a field that does not exist.
    const broken = (change: (pod: Record<string, unknown>) => void) => {
      const copy = structuredClone(manifests.filter(({ kind }) => kind === 'Deployment')) as Manifest[];
      for (const { spec } of copy) change((spec as { template: { spec: Record<string, unknown> } }).template.spec);
      return () => dryRun(copy);
    };
    expect(broken((pod) => Object.assign(pod, { securityContext: { runAsUser: 0 } }))).toThrow(/restricted/);
    expect(broken((pod) => Object.assign(pod, { enableServiceLink: false }))).toThrow(/enableServiceLink/);
  } finally {
    kubectl(['delete', '--ignore-not-found', '--wait=false', '-f', '-'], listOf(base));
  }
});
