/** Says what a kubectl command names that an environment does not have. */
import type { Kubectl } from './commands';
import { podLabelsOf, type World } from './world';

/** What stands for a label of the alert, or for what a step before has shown. */
const PLACEHOLDER = /^[A-Z][A-Z_]+$/;

/** Kinds, by the words that kubectl takes for them. */
const KINDS: Readonly<Record<string, string>> = {
  configmap: 'ConfigMap',
  cronjob: 'CronJob',
  daemonset: 'DaemonSet',
  deployment: 'Deployment',
  endpointslice: 'Service',
  event: 'Event',
  job: 'Job',
  node: 'Node',
  persistentvolumeclaim: 'PersistentVolumeClaim',
  pod: 'Pod',
  service: 'Service',
  statefulset: 'StatefulSet',
  storageclass: 'StorageClass',
};
const CLUSTER_WIDE = new Set(['Node', 'StorageClass']);
const NEEDS_NO_NAMESPACE = new Set(['cordon', 'drain', 'debug']);
/** Flags that name nothing. */
const PLAIN_FLAGS = new Set([
  ...['o', 'prefix', 'tail', 'previous', 'all-containers', 'sort-by', 'ignore-daemonsets', 'delete-emptydir-data'],
  ...['field-selector', 'it', 'i', 'rm', 'restart', 'image', 'replicas', 'patch-file', 'A'],
]);

const kindOf = (word: string): string | undefined => KINDS[word] ?? KINDS[word.replace(/(?<=class)es$|s$/, '')];

/** What is wrong with a command. @param line the whole line, with the comment that says what to open */
export function wrongWithKubectl(command: Kubectl, line: string, world: World): string[] {
  const { verb, operands, flags } = command;
  const namespace = flags.get('n');
  const unknown = [...flags.keys()].filter(
    (flag) => !PLAIN_FLAGS.has(flag) && !['n', 'l', 'as', 'from', 'c'].includes(flag),
  );
  const named =
    verb === 'exec' || verb === 'logs' || verb === 'port-forward' ? namesOf(operands, 'pod') : namesOf(operands);
  return [
    ...unknown.map((flag) => `flag --${flag} is unknown to this test`),
    ...wrongNamespace(command, named, world),
    ...(namespace === undefined || PLACEHOLDER.test(namespace)
      ? []
      : wrongInNamespace(command, named, namespace, world)),
    ...(verb === 'auth can-i' ? wrongRight(command, world) : []),
    ...(verb === 'port-forward' ? wrongPort(command, line, world) : []),
    ...wrongKey(command, world),
  ];
}

interface Named {
  readonly kind: string;
  readonly name: string | null;
}

/** What operands name: `kind/name`, `kind name`, `kind,kind`, or a pod's name alone. */
function namesOf(operands: readonly string[], bare?: string): Named[] {
  const [first, second] = operands;
  if (first === undefined) return [];
  if (first.includes('/')) {
    const [kind = '', name = ''] = first.split('/');
    return [{ kind: kindOf(kind) ?? `unknown kind ${kind}`, name }];
  }
  if (bare !== undefined) return [{ kind: kindOf(bare) ?? bare, name: first }];
  return first
    .split(',')
    .flatMap((word) => (kindOf(word) === undefined ? [] : [{ kind: kindOf(word) ?? '', name: second ?? null }]));
}

function wrongNamespace({ verb, flags }: Kubectl, named: readonly Named[], world: World): string[] {
  const namespace = flags.get('n');
  if (namespace === undefined) {
    const isClusterWide = named.length > 0 && named.every(({ kind }) => CLUSTER_WIDE.has(kind));
    return flags.has('A') || NEEDS_NO_NAMESPACE.has(verb) || isClusterWide ? [] : ['it says no namespace'];
  }
  if (PLACEHOLDER.test(namespace) || world.own.has(namespace) || world.foreign.has(namespace)) return [];
  return [`no namespace ${namespace}: there are ${[...world.own, ...world.foreign.keys()].join(', ')}`];
}

function wrongInNamespace(command: Kubectl, named: readonly Named[], namespace: string, world: World): string[] {
  const selector = command.flags.get('l');
  const from = command.flags.get('from');
  const all = [...named, ...(from === undefined ? [] : namesOf([from]))];
  const fixed = all.filter(({ name }) => name !== null && !PLACEHOLDER.test(name));
  const foreign = world.foreign.get(namespace);
  if (!world.own.has(namespace) && foreign !== undefined) {
    const { application, selects } = foreign;
    return [
      ...fixed
        .filter(({ name }) => name !== null && !name.startsWith(`${application}-`))
        .map(({ kind, name }) => `no ${kind} ${name}: names in ${namespace} begin with ${application}-`),
      ...(selector === undefined || selects(labelsOf(selector))
        ? []
        : [`nothing in ${namespace} has the labels ${selector}`]),
    ];
  }
  const there = world.manifests.filter(({ metadata }) => metadata.namespace === namespace);
  const has = ({ kind, name }: Named) =>
    there.some((manifest) => manifest.kind === kind && manifest.metadata.name === name) ||
    (kind === 'PersistentVolumeClaim' && world.claims.includes(name ?? ''));
  return [
    ...fixed
      .filter((entry) => !has(entry))
      .map(({ kind, name }) => {
        const names = there.filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.name);
        return `no ${kind} ${name} in ${namespace}: there are ${names.join(', ') || 'none'}`;
      }),
    ...(selector === undefined ? [] : wrongSelector(command, named, selector, namespace, world)),
  ];
}

const labelsOf = (selector: string): Record<string, string> =>
  Object.fromEntries(selector.split(',').map((term) => term.split('=') as [string, string]));

/** A selector must match a pod, or an object of each kind that is named; of several kinds of workloads one is enough. */
function wrongSelector(
  { verb }: Kubectl,
  named: readonly Named[],
  selector: string,
  namespace: string,
  world: World,
): string[] {
  const wanted = Object.entries(labelsOf(selector));
  const kinds = new Set(named.map(({ kind }) => kind));
  const ofPods = verb === 'logs' || kinds.has('Pod');
  const candidates = world.manifests.filter(
    ({ kind, metadata }) => metadata.namespace === namespace && (ofPods || kinds.has(kind)),
  );
  const labels = candidates.map((manifest) => (ofPods ? podLabelsOf(manifest) : manifest.metadata.labels) ?? {});
  return labels.some((found) => wanted.every(([name, value]) => found[name] === value))
    ? []
    : [`nothing in ${namespace} has the labels ${selector}`];
}

function wrongRight({ operands, flags }: Kubectl, { grants }: World): string[] {
  const [, resource] = operands;
  const namespace = flags.get('n');
  const account = flags.get('as');
  return grants.some(
    (grant) => grant.resource === resource && grant.namespace === namespace && grant.account === account,
  )
    ? []
    : [`nothing that is rendered lets ${account} list ${resource} in ${namespace}`];
}

interface ServiceSpec {
  readonly ports: readonly { readonly port: number }[];
}

/** The port must be one of the Service, and the page that is opened must be behind it. */
function wrongPort({ operands, flags }: Kubectl, line: string, world: World): string[] {
  const [target = '', port = ''] = operands;
  const name = target.split('/')[1];
  const service = world.manifests.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === name && metadata.namespace === flags.get('n'),
  );
  const ports = ((service?.spec ?? { ports: [] }) as ServiceSpec).ports.map((entry) => `${entry.port}`);
  const opened = /localhost:(\d+)/.exec(line)?.[1] ?? port;
  return [
    ...(ports.includes(port) ? [] : [`${target} has no port ${port}: there are ${ports.join(', ') || 'none'}`]),
    ...(opened === port ? [] : [`port ${opened} is opened, and ${port} is forwarded`]),
  ];
}

/** The key of a ConfigMap that is read with jsonpath. */
function wrongKey({ operands, flags }: Kubectl, world: World): string[] {
  const [kind, name] = operands;
  const key = /^jsonpath=\{\.data\.(.+)\}$/.exec(flags.get('o') ?? '')?.[1]?.replaceAll('\\', '');
  if (kind !== 'configmap' || key === undefined) return [];
  const found = world.manifests.find((manifest) => manifest.kind === 'ConfigMap' && manifest.metadata.name === name);
  return found?.data?.[key] === undefined ? [`ConfigMap ${name} has no key ${key}`] : [];
}
