/** Copies of the manifests with one thing broken in each. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Manifest } from '../../charts/checks/manifest';
import { type ManifestSet, readManifests } from '../../lab/conformance/manifests';
import { ROOT } from '../support';

/** An object as something that may be changed. */
// biome-ignore lint/suspicious/noExplicitAny: what is broken here has no type
export type Loose = any;

/** Changes the objects of a copy: returns those that stay. */
export type Break = (objects: Loose[]) => Loose[] | undefined;

/** One object, by kind and name. */
export function pick(objects: readonly Loose[], kind: string, name: string): Loose {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind}/${name}`);
  return found;
}

/** Changes a configuration file in a ConfigMap. */
export const inFile =
  (name: string, file: string, change: (content: Loose) => void): Break =>
  (objects) => {
    const { data } = pick(objects, 'ConfigMap', name);
    const content = parse(data[file]);
    change(content);
    data[file] = file.endsWith('.json') ? JSON.stringify(content) : stringify(content);
    return undefined;
  };

/** Changes the pod of a workload. */
export const inPod =
  (kind: string, name: string, change: (pod: Loose) => void): Break =>
  (objects) => {
    change(pick(objects, kind, name).spec.template.spec);
    return undefined;
  };

/** Takes an object away. */
export const without =
  (kind: string, name: string): Break =>
  (objects) =>
    objects.filter((object) => object.kind !== kind || object.metadata.name !== name);

/** A broken copy of an environment of `dist/`, and how to delete it. */
export function brokenCopy(environment: string, change: Break): { set: ManifestSet; remove: () => void } {
  const { objects } = readManifests(join(ROOT, 'dist', environment));
  const copy = structuredClone(objects) as Manifest[];
  const folder = mkdtempSync(join(tmpdir(), 'broken-'));
  const text = (change(copy) ?? copy)
    .map((object) => stringify(object, { aliasDuplicateObjects: false }))
    .join('---\n');
  writeFileSync(join(folder, 'all.k8s.yaml'), text);
  return { set: readManifests(folder), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
