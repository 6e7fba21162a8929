/** Copies of the manifests with one thing broken in each. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type ManifestSet, readManifests } from '../../lab/conformance/manifests';
import { buildStack } from '../../stack/apps';
import type { Manifest } from '../../stack/checks/manifest';
import { loadEnvironment } from '../../stack/load';
import { ROOT } from '../support';

type Step = string | number;

/** Changes a value at a path. @throws Error where the path does not lead anywhere, so that a case breaks what it means to */
export class Edit {
  constructor(private readonly root: unknown) {}

  get(...path: readonly Step[]): unknown {
    return path.reduce((value, step) => {
      const next = (value as Readonly<Record<Step, unknown>> | undefined)?.[step];
      if (next === undefined) throw new Error(`nothing at ${path.join('.')}`);
      return next;
    }, this.root);
  }

  set(value: unknown, ...path: readonly Step[]): void {
    this.#parent(path)[path.at(-1) ?? ''] = value;
  }

  remove(...path: readonly Step[]): void {
    const last = path.at(-1) ?? '';
    this.get(...path);
    const parent = this.#parent(path);
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  }

  add(value: unknown, ...path: readonly Step[]): void {
    (this.get(...path) as unknown[]).push(value);
  }

  #parent(path: readonly Step[]): Record<Step, unknown> {
    return this.get(...path.slice(0, -1)) as Record<Step, unknown>;
  }
}

/** Breaks the objects of a copy: changes them, or returns those that stay. */
export type Break = (objects: Manifest[]) => Manifest[] | undefined;

function pick(objects: readonly Manifest[], kind: string, name: string): Manifest {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind}/${name}`);
  return found;
}

/** Changes an object. */
export const inObject =
  (kind: string, name: string, change: (edit: Edit) => void): Break =>
  (objects) => {
    change(new Edit(pick(objects, kind, name)));
    return undefined;
  };

/** Changes a configuration file in a ConfigMap. */
export const inFile =
  (name: string, file: string) =>
  (change: (edit: Edit) => void): Break =>
    inObject('ConfigMap', name, (edit) => {
      const content = parse(String(edit.get('data', file))) as unknown;
      change(new Edit(content));
      edit.set(file.endsWith('.json') ? JSON.stringify(content) : stringify(content), 'data', file);
    });

/** Changes the pod of a Deployment. */
export const inPod = (name: string, change: (edit: Edit) => void): Break =>
  inObject('Deployment', name, (edit) => change(new Edit(edit.get('spec', 'template', 'spec'))));

/** Takes an object away. */
export const without =
  (kind: string, name: string): Break =>
  (objects) => {
    const gone = pick(objects, kind, name);
    return objects.filter((object) => object !== gone);
  };

/** A broken copy of an environment of `dist/`, and how to delete it. */
export function brokenCopy(environment: string, change: Break): { set: ManifestSet; remove: () => void } {
  const { objects } = readManifests(join(ROOT, 'dist', environment));
  const copy = structuredClone(objects) as Manifest[];
  const folder = mkdtempSync(join(tmpdir(), 'broken-'));
  const text = (change(copy) ?? copy)
    .map((object) => stringify(object, { aliasDuplicateObjects: false }))
    .join('---\n');
  writeFileSync(join(folder, 'all.k8s.yaml'), text);
  const { alerts } = buildStack(loadEnvironment(ROOT, environment), 'unused').rules;
  return { set: readManifests(folder, alerts), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
