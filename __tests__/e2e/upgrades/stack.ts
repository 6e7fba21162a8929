/** The stack that is upgraded, in a namespace of its own, on a StorageClass whose claims may grow. */
import { kubectl, project, run, start } from '../../cluster/cluster';
import { list, OVERLAY, render } from '../stack';

/** Its namespace. */
export const NAMESPACE = 'e2e-upgrades';
/** Its StorageClass: the cluster's default one, with claims that may grow. */
export const CLASS = 'e2e-upgrades';
/** A class that has no volumes. */
export const EMPTY = 'e2e-upgrades-empty';

interface Class {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly provisioner: string;
}
interface Volume {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly storageClassName?: string };
  readonly status: { readonly phase: string };
}

/** Nothing provisions volumes of such a class. */
const MANUAL = 'kubernetes.io/no-provisioner';
const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';
const itemsOf = <Item>(...kind: readonly string[]) =>
  (JSON.parse(kubectl(['get', ...kind, '-o', 'json'])) as { items: readonly Item[] }).items;
const moveVolume = (name: string, storageClassName: string) =>
  kubectl(['patch', 'pv', name, '--type=merge', '-p', JSON.stringify({ spec: { storageClassName } })]);

/** Volumes that were moved to the class, where nothing provisions new ones. */
const moved: string[] = [];
let original = '';

/** Creates the classes. @param volumes how many the stack needs */
export function makeClass(volumes: number): void {
  const found = itemsOf<Class>('storageclass').find(({ metadata }) => metadata.annotations?.[IS_DEFAULT] === 'true');
  if (found === undefined) throw new Error('the cluster has no default StorageClass');
  original = found.metadata.name;
  const object = { ...found, metadata: { name: CLASS }, allowVolumeExpansion: true };
  const empty = {
    ...object,
    metadata: { name: EMPTY },
    provisioner: MANUAL,
    volumeBindingMode: 'WaitForFirstConsumer',
  };
  for (const each of [object, empty]) kubectl(['apply', '-f', '-'], JSON.stringify(each));
  if (found.provisioner !== MANUAL) return;
  const free = itemsOf<Volume>('pv').filter(
    ({ spec, status }) => status.phase === 'Available' && spec.storageClassName === original,
  );
  // Others take the first ones.
  for (const { metadata } of free.reverse().slice(0, volumes)) {
    moveVolume(metadata.name, CLASS);
    moved.push(metadata.name);
  }
}

/** Sets whether claims of the class may grow. */
export const allowGrowth = (allowVolumeExpansion: boolean): string =>
  kubectl(['patch', 'storageclass', CLASS, '--type=merge', '-p', JSON.stringify({ allowVolumeExpansion })]);

/** Deletes the classes; the volumes go back to the class that they had. */
export function removeClass(): void {
  kubectl(['delete', 'storageclass', CLASS, EMPTY, '--ignore-not-found']);
  for (const name of moved) moveVolume(name, original);
}

type Settings = Readonly<Record<string, unknown>>;
const SMALL = { cpu: '20m', memory: '512Mi' };

/** The settings of the stack: a StatefulSet with claims, and Deployments with one each. */
const BASE = {
  namespace: NAMESPACE,
  janServer: null,
  kubelet: { enabled: false },
  storage: { className: CLASS },
  collector: { replicas: 2, resources: SMALL },
  prometheus: { scrapeInterval: '5s', resources: SMALL },
  jaeger: { resources: SMALL },
  alertmanager: { resources: { ...SMALL, memory: '64Mi' } },
  kubeStateMetrics: { enabled: false },
  grafana: { resources: SMALL },
  ...OVERLAY,
};

/** A project of the stack with other settings. Keys of a component are added to its own. */
export function rootWith(settings: Settings = {}): string {
  const base: Settings = BASE;
  const merged = Object.entries(settings).map(([key, value]) => {
    const own = base[key];
    if (Array.isArray(own) && Array.isArray(value)) return [key, [...own, ...value]];
    return [key, typeof own === 'object' && own !== null ? { ...own, ...(value as object) } : value];
  });
  return project(JSON.stringify({ ...BASE, ...Object.fromEntries(merged) }));
}

const TIMEOUT = { TIMEOUT: '300' };

/** monitor-up, which must end well. @returns what it printed */
export async function up(settings: Settings = {}): Promise<string> {
  const { code, output } = await run(rootWith(settings), 'up', TIMEOUT);
  if (code !== 0) throw new Error(output);
  return output;
}

/** A verb to its end. */
export const verb = (name: string, settings: Settings = {}, variables: Readonly<Record<string, string>> = TIMEOUT) =>
  run(rootWith(settings), name, variables);

/** The manifests of the stack. @returns their folder */
export const rendered = (settings: Settings): string => render(rootWith(settings), 'test');

/** A monitor-up that runs on. */
export const startUp = (settings: Settings) => start(rootWith(settings), 'up', TIMEOUT);

interface Item {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly resources?: { readonly requests: { readonly storage: string } } };
}

/** Pods of a program, by name, with their uid. */
export const podsOf = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    list<Item>(NAMESPACE, 'pods', '-l', `app.kubernetes.io/name=${name}`).map(({ metadata }) => [
      metadata.name,
      metadata.uid,
    ]),
  );

/** Requested sizes of the claims, by name. */
export const sizes = (): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    list<Item>(NAMESPACE, 'pvc').map(({ metadata, spec }) => [metadata.name, spec.resources?.requests.storage]),
  );
