/**
 * Changes of an environment, each with the impact that is predicted. `impact.test.ts` compares the predictions with the model, and
 * `__tests__/lab/verbs/impact.lab.ts` what the API server refuses and accepts with a real one.
 */
import type { Manifest } from '../../../../stack/checks/manifest';
import type { Severity } from '../../../../verbs/changes/impact';
import { find, render } from '../../../support';

/** One change. */
export interface ImpactPair {
  readonly name: string;
  readonly before: () => readonly Manifest[];
  readonly after: () => readonly Manifest[];
  readonly severity: Severity;
  /** Objects that the API server refuses, with the remedy. */
  readonly refused?: readonly string[];
  /** Workloads whose pods are replaced. */
  readonly restarts?: readonly string[];
  /** What is at risk. */
  readonly risks?: readonly string[];
  readonly reloads?: readonly string[];
  /** Claims that grow. */
  readonly grows?: readonly string[];
  /** Changed names that must be among those found. */
  readonly names?: readonly string[];
  /** Changed images. */
  readonly versions?: readonly string[];
}

type Settings = Readonly<Record<string, unknown>>;
type Expected = Omit<ImpactPair, 'name' | 'before' | 'after'>;

/** Renderings by their text: many changes start from the same one. */
const known = new Map<string, readonly Manifest[]>();

function rendered(settings: Settings): readonly Manifest[] {
  const text = JSON.stringify({ namespace: 'upgrades', janServer: null, ...settings });
  const manifests = known.get(text) ?? render(text);
  known.set(text, manifests);
  return manifests;
}

/** Two renderings of the real code. */
export const pair = (name: string, before: Settings, after: Settings, expected: Expected): ImpactPair => ({
  name,
  before: () => rendered(before),
  after: () => rendered(after),
  ...expected,
});

/** A value to set in one object, by a path as in `spec.ports.0.port`; undefined: the field is removed. */
interface Edit {
  readonly kind: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Values of one object. */
export const edit = (kind: string, name: string, fields: Edit['fields']): Edit => ({ kind, name, fields });

/** A rendering before, and with edited objects after. */
export const edited = (name: string, settings: Settings, edits: readonly Edit[], expected: Expected): ImpactPair => ({
  name,
  before: () => rendered(settings),
  after: () => edits.reduce(withEdit, rendered(settings)),
  ...expected,
});

function withEdit(objects: readonly Manifest[], { kind, name, fields }: Edit): readonly Manifest[] {
  const object = structuredClone(find(objects, kind, name));
  for (const [path, value] of Object.entries(fields)) set(object, path.split('.'), value);
  return objects.map((other) => (other.kind === kind && other.metadata.name === name ? object : other));
}

type Node = Record<string, unknown>;

function set(object: object, path: readonly string[], value: unknown): void {
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce((node, key) => {
    node[key] ??= {};
    return node[key] as Node;
  }, object as Node);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

/** Nothing that needs care. */
export const NONE = { severity: 'none' } as const;

/** Two Collectors: a StatefulSet. */
export const TWO = { collector: { replicas: 2 } };
