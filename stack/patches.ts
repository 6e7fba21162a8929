import { type ApiObject, JsonPatch } from 'cdk8s';
import { ConfigError, type Problem, showPath } from '../config/problems';
import type { Patch } from '../config/schema/overrides';
import { nearest } from '../promql/nearest';
import { type Misshapen, misshapen } from './checks/shape';

type Json = Readonly<Record<string, unknown>>;

/**
 * Applies the user's patches to finished objects, in the order of the file. Nothing filters an object after this, so every
 * field of a patch arrives in the manifest.
 * @throws ConfigError that names each patch which matches no object, or does not apply
 */
export function applyPatches(objects: readonly ApiObject[], patches: readonly Patch[], file: string): void {
  const places = patches.map((patch, index) => ({ patch, place: { file, path: `patches[${index}]` } }));
  // A merge patch replaces the whole object, including the hash of the ConfigMaps that its pods read, so ConfigMaps are patched first.
  const [first, later] = [places.filter(isConfigMap), places.filter((entry) => !isConfigMap(entry))];
  const problems = [...first, ...later].flatMap(({ patch, place }) => applyPatch(objects, patch, place));
  if (problems.length > 0) throw new ConfigError(problems);
}

const isConfigMap = ({ patch }: { readonly patch: Patch }): boolean => patch.kind === 'ConfigMap';

type Place = Pick<Problem, 'file' | 'path'>;

function applyPatch(objects: readonly ApiObject[], patch: Patch, place: Place): Problem[] {
  const targets = objects.filter(({ kind, name }) => kind === patch.kind && name === patch.name);
  if (targets.length === 0) return [noTarget(objects, patch, place)];
  return targets.flatMap((target) => {
    try {
      const operations = operationsOf(patch, target);
      // Applied to a copy first: after a failed patch, the object could not be rendered for the next patches.
      const patched: unknown = JsonPatch.apply(structuredClone(target.toJson()), ...operations);
      const problems = misshapen(patched, patch.kind).map((found) => misshapes(patch, place, found));
      if (problems.length > 0) return problems;
      checkIdentity(patched as Identity, patch);
      target.addJsonPatch(...operations);
      target.toJson();
      return [];
    } catch (error) {
      return [doesNotApply(patch, place, error as Error)];
    }
  });
}

/** JSON Patch has no merge operation, so the whole object is replaced by the merged one. */
function operationsOf(patch: Patch, target: ApiObject): JsonPatch[] {
  if ('merge' in patch) return [JsonPatch.replace('', merge(target.toJson(), patch.merge))];
  return patch.json.map((operation) => {
    switch (operation.op) {
      case 'remove':
        return JsonPatch.remove(operation.path);
      case 'move':
        return JsonPatch.move(operation.from, operation.path);
      case 'copy':
        return JsonPatch.copy(operation.from, operation.path);
      default:
        return JsonPatch[operation.op](operation.path, operation.value);
    }
  });
}

interface Identity {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** The graph refers to objects by kind and name, so these cannot change. */
function checkIdentity({ kind, metadata }: Identity, patch: Patch): void {
  if (kind !== patch.kind || metadata.name !== patch.name) throw new Error('kind and metadata.name cannot be changed');
}

/** JSON Merge Patch, RFC 7386: null removes, objects are merged, everything else replaces. */
export function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, merge(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function noTarget(objects: readonly ApiObject[], { kind, name }: Patch, place: Place): Problem {
  const names = objects.map((object) => `${object.kind}/${object.name}`);
  const guess = nearest(`${kind}/${name}`, names);
  const ofKind = names.filter((entry) => entry.startsWith(`${kind}/`));
  return {
    ...place,
    value: `${kind}/${name}`,
    allowed:
      ofKind.length > 0
        ? `an object of this environment, as ${ofKind.slice(0, 8).join(', ')}`
        : 'an object of this environment',
    fix: guess === undefined ? 'correct kind and name, or remove the patch' : `did you mean ${guess}?`,
  };
}

/** The value is not shown: a patch may set a password. */
const misshapes = ({ kind, name }: Patch, place: Place, { path, allowed }: Misshapen): Problem => ({
  ...place,
  value: `${kind}/${name}: ${path.length === 0 ? 'the whole object' : showPath(path)} has another form`,
  allowed: `${allowed} there, as in the object that is rendered without the patch`,
  fix:
    kind === 'ConfigMap' && path[0] === 'data'
      ? 'write the whole file as one text; a key of the environment file changes one setting of it'
      : 'compare its paths with dist/',
});

function doesNotApply({ kind, name }: Patch, place: Place, error: Error): Problem {
  // The library appends the whole object to its message; the first line contains the problem.
  const [line = ''] = error.message
    .replace(/^Failed serializing construct at path.*?: (?=\w*Error: )/s, '')
    .split('\n');
  // The library does not check whether the parts of a path exist.
  const reason =
    error instanceof TypeError || line.startsWith('TypeError')
      ? 'a part of a path does not exist'
      : line.replace(/^\w*Error: /, '');
  return {
    ...place,
    value: `${kind}/${name}: ${reason}`,
    allowed: 'a patch that applies to the object as it is rendered',
    fix: 'compare its paths with dist/',
  };
}
