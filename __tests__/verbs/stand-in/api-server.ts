/** The API server of the stand-in for kubectl: a folder of objects, each of which is ready as soon as it is applied. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './command';
import type { Scene } from './stand-in';

/** An object. */
export interface Item {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly holderIdentity?: string;
    readonly containers?: readonly { readonly name: string }[];
    readonly replicas?: number;
    readonly volumeName?: string;
    readonly persistentVolumeReclaimPolicy?: string;
    readonly template?: {
      readonly metadata: Pick<Item['metadata'], 'labels'>;
      readonly spec: { readonly containers: readonly { name: string }[] };
    };
  };
}

/** Words that are not a kind with an s. */
const KINDS: Readonly<Record<string, string>> = {
  pvc: 'persistentvolumeclaim',
  networkpolicies: 'networkpolicy',
  storageclass: 'storageclass',
  priorityclasses: 'priorityclass',
  pv: 'persistentvolume',
};
/** `deployments`, `Deployment` and `Deployment.v1.apps` are the same. */
function kindOf(word: string): string {
  const name = word.replace(/\..*$/, '').toLowerCase();
  return KINDS[name] ?? name.replace(/s$/, '');
}

/** The file of an object, by its kind and name. */
export const fileOf = (root: string, { kind, metadata: { namespace = '', name } }: Item) =>
  join(root, encodeURIComponent(`${namespace} ${kind} ${name}`));

const readItem = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Item;

const stored = (root: string): Item[] =>
  existsSync(root) ? readdirSync(root).map((file) => readItem(join(root, file))) : [];

function matches({ metadata: { labels = {} } }: Item, selector: string): boolean {
  return selector
    .split(',')
    .filter((term) => term !== '')
    .every((term) => {
      const [key = '', value] = term.split(/!?=/);
      return (labels[key] === value) !== term.includes('!=');
    });
}

/** As controllers would have it at once. */
function withStatus(item: Item): object & Item {
  const replicas = item.spec?.replicas ?? 1;
  const counts = { replicas, updatedReplicas: replicas, readyReplicas: replicas };
  const nodes = { desiredNumberScheduled: 1, currentNumberScheduled: 1, updatedNumberScheduled: 1, numberReady: 1 };
  const status: Readonly<Record<string, object>> = {
    Deployment: counts,
    StatefulSet: counts,
    DaemonSet: nodes,
    PersistentVolumeClaim: { phase: 'Bound' },
  };
  return { ...item, ...(item.kind in status && { status: status[item.kind] }) };
}

/** What the cluster makes of an object: the pod of a Deployment, the endpoints of a Service. */
function madeFrom({ kind, metadata, spec }: Item): Item[] {
  if (kind === 'Service') {
    const labels = { 'kubernetes.io/service-name': metadata.name };
    const slice = {
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels },
      endpoints: [{ conditions: { ready: true } }],
    };
    return [slice];
  }
  if (kind !== 'Deployment' || spec?.template === undefined) return [];
  const { template } = spec;
  const running = { ready: true, restartCount: 0, state: { running: {} } };
  const pod = {
    kind: 'Pod',
    metadata: {
      ...metadata,
      name: `${metadata.name}-1`,
      uid: metadata.name,
      labels: { ...metadata.labels, ...template.metadata.labels },
      ownerReferences: [{ kind: 'ReplicaSet', name: `${metadata.name}-abc` }],
    },
    spec: template.spec,
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: template.spec.containers.map(({ name }) => ({ name, ...running })),
    },
  };
  return [pod];
}

const DEFAULT_CLASS: object & Item = {
  kind: 'StorageClass',
  metadata: { name: 'standard', ...{ annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } },
};

/** Objects by `kinds [name…]` or by `kind/name…`. */
function find(root: string, [first = '', ...names]: readonly string[], { namespace, selector = '' }: Command['flags']) {
  const items = stored(root);
  const wanted = first.includes('/') ? new Set([first, ...names]) : new Set(first.split(',').map(kindOf));
  return [...items.map(withStatus), ...items.flatMap(madeFrom), DEFAULT_CLASS].filter((item) => {
    const { name, namespace: place } = item.metadata;
    const kind = item.kind.toLowerCase();
    const isNamed = first.includes('/')
      ? wanted.has(`${kind}/${name}`)
      : wanted.has(kind) && (names.length === 0 || names.includes(name));
    return (
      isNamed && (namespace === undefined || place === undefined || place === namespace) && matches(item, selector)
    );
  });
}

const print = (text: string): void => {
  process.stdout.write(text);
};

/** Of the given objects, those that exist. */
const namedIn = (root: string, input: string): readonly Item[] =>
  itemsOf(input)
    .map((item) => fileOf(root, item))
    .filter((file) => existsSync(file))
    .map(readItem);

function get(root: string, words: readonly string[], flags: Command['flags']): void {
  const items = find(root, words, flags);
  const isOne = words.length > 1;
  if (isOne && items.length === 0) {
    if (flags['ignore-not-found'] !== undefined) return;
    process.stderr.write(`Error from server (NotFound): ${words.join(' ')} not found\n`);
    process.exit(1);
  }
  if (flags.output === 'json') print(JSON.stringify(isOne ? items[0] : { items }));
  // The template of verbs/state.ts: a Secret's name, times, and keys.
  else if (flags.output?.startsWith('go-template') === true)
    for (const { metadata, data, stringData } of items)
      print(`${metadata.name};;;${Object.keys({ ...data, ...stringData }).join(' ')}\n`);
  else for (const { kind, metadata } of items) print(`${kind.toLowerCase()}/${metadata.name}\n`);
}

/** An object over the one of the same name. */
function merged(root: string, item: Item): Item {
  const file = fileOf(root, item);
  const before = existsSync(file) ? readItem(file) : undefined;
  const metadata = { ...before?.metadata, ...item.metadata };
  return { ...{ apiVersion: 'v1' }, ...before, ...item, metadata };
}

/** Stores objects in a server's folder, over those of the same name. */
export function apply(root: string, items: readonly Item[]): void {
  mkdirSync(root, { recursive: true });
  for (const item of items) writeFileSync(fileOf(root, item), JSON.stringify(merged(root, item)));
}

function itemsOf(input: string): readonly Item[] {
  const given = JSON.parse(input) as Item & { readonly items?: readonly Item[] };
  return given.items ?? [given];
}

interface Review extends Omit<Item, 'spec'> {
  readonly spec: { readonly resourceAttributes: Readonly<Record<string, string | undefined>> };
}

/** Every right is given but those that the scene denies, as in `create roles jan-server`. A Job is stored, and never runs. */
function create(root: string, input: string, denied: string): void {
  const items = itemsOf(input);
  const jobs = items.filter(({ kind }) => kind === 'Job');
  apply(root, jobs);
  print(jobs.length > 0 ? 'created\n' : JSON.stringify({ items: reviewed(items, denied) }));
}

function reviewed(items: readonly Item[], denied: string): readonly object[] {
  return (items as readonly object[] as readonly Review[]).map((item) => {
    const { verb, resource, namespace = '' } = item.spec.resourceAttributes;
    const isDenied = denied !== '' && new RegExp(denied).test(`${verb} ${resource} ${namespace}`);
    return { ...item, status: { allowed: !isDenied } };
  });
}

const GROUPS = ['apps', 'batch', 'policy', 'networking.k8s.io', 'rbac.authorization.k8s.io'];

/** Answers a command. @param root folder of the server's objects */
export function answer(
  { words: [verb = '', ...words], flags }: Command,
  root: string,
  server: string,
  scene: Scene,
): void {
  const input = flags.file === '-' ? readFileSync(0, 'utf8') : '';
  const isDry = flags['dry-run'] !== undefined;
  const answers: Readonly<Record<string, () => void>> = {
    get: () => {
      if (flags.raw !== undefined) print('{}');
      else if (input !== '') print(JSON.stringify({ items: namedIn(root, input) }));
      else get(root, words, flags);
    },
    apply: () =>
      isDry
        ? print(JSON.stringify({ items: itemsOf(input).map((item) => merged(root, item)) }))
        : apply(root, itemsOf(input)),
    create: () => create(root, input, scene.denied ?? ''),
    delete: () => {
      for (const item of find(root, words, flags)) rmSync(fileOf(root, item), { force: true });
    },
    'api-versions': () => print(['v1', ...GROUPS.map((group) => `${group}/v1`)].join('\n')),
    'api-resources': () => print((scene.served ?? []).join('\n')),
    annotate: () => undefined,
    auth: () => print('someone'),
    logs: () => print(`a line from ${server}\n`),
  };
  const found = answers[verb];
  if (found === undefined) throw new Error(`the stand-in knows no ${verb}`);
  found();
}
