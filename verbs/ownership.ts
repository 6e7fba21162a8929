/** Whose an object of a cluster is. Every question of this kind is answered here, by two labels that everything of a stack has. */
import { objectLabels, PART_OF } from '../lib/labels';
import type { Manifest } from '../stack/checks/manifest';
import type { Commands } from './commands';
import type { Meta } from './objects';
import type { VerbProblem } from './terminal';

const PART = 'app.kubernetes.io/part-of';
const INSTANCE = 'app.kubernetes.io/instance';

/** Selector of everything that this project renders. */
export const OURS = `${PART}=${PART_OF}`;

/** Selector of the objects of one stack, in any namespace. @param namespace the stack's namespace, which identifies it */
export const ofStack = (namespace: string): string => `${OURS},${INSTANCE}=${namespace}`;

/** Whether an object of a cluster is one stack's. @param namespace the stack's namespace */
export const isOfStack = ({ metadata: { labels = {} } }: Meta, namespace: string): boolean =>
  labels[PART] === PART_OF && labels[INSTANCE] === namespace;

/**
 * Whether one stack may change an object: it is its own, or a Namespace that is no stack's, since that is often created before the stack.
 * @param namespace the stack's namespace
 */
export const mayChange = (object: Manifest, namespace: string): boolean =>
  isOfStack(object, namespace) || (object.kind === 'Namespace' && !isOfAnyStack(object));

const isOfAnyStack = ({ metadata: { labels = {} } }: Meta): boolean => labels[PART] === PART_OF;

const ownerOf = (object: Meta): string =>
  isOfAnyStack(object)
    ? `the stack in namespace ${object.metadata.labels?.[INSTANCE] ?? '(none is named)'}`
    : 'something else: the labels of this stack are missing';

/**
 * What an apply must not take over: objects of the same name that are not this stack's, one problem for each owner and namespace.
 * @param namespace the stack's namespace
 */
export function foreignProblems(
  foreign: readonly Manifest[],
  namespace: string,
  commands: Commands,
): readonly VerbProblem[] {
  const groups = new Map<string, Manifest[]>();
  for (const object of foreign) {
    const group = `${object.metadata.namespace ?? ''} ${ownerOf(object)}`;
    groups.set(group, [...(groups.get(group) ?? []), object]);
  }
  return [...groups.values()].map((objects) => problemOf(objects, namespace, commands));
}

function problemOf(objects: readonly Manifest[], namespace: string, { kubectl }: Commands): VerbProblem {
  const place = objects[0]?.metadata.namespace;
  const owners = new Set(objects.map(ownerOf));
  const titles = objects.map(({ kind, metadata: { name } }) => `${kind}/${name}`).join(', ');
  const node = objects.some(({ kind }) => kind === 'DaemonSet')
    ? 'one node-exporter on each node is enough, and two want the same port: set nodeExporter.enabled: false; or '
    : '';
  const names = objects.map(({ kind, metadata: { name } }) => `${kind.toLowerCase()}/${name}`);
  const labels = [PART, INSTANCE].map((name) => `${name}=${objectLabels(namespace)[name]}`);
  const options = place === undefined ? [] : ['-n', place];
  const command = kubectl(['label', ...options, ...names, ...labels, '--overwrite'].join(' '));
  const where = place === undefined ? '' : ` in namespace ${place}`;
  return {
    what: `${titles}${where} ${objects.length === 1 ? 'belongs' : 'belong'} to ${[...owners].join()}`,
    fix: `${node}use another namespace in the environment file; or, if nothing else manages what is there, hand it over: ${command}`,
  };
}
