/** The rendered manifests of a folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ConfiguredAlert } from '../../content/alerts/configured';
import type { Manifest } from '../../stack/checks/manifest';

/** The folder of an environment. */
export interface ManifestSet {
  readonly environment: string;
  readonly folder: string;
  /** Paths relative to the folder. */
  readonly files: readonly string[];
  readonly objects: readonly Manifest[];
  /** The alerts of the environment, with the series of their tests. */
  readonly alerts: readonly ConfiguredAlert[];
}

const SUFFIX = '.k8s.yaml';

/**
 * Reads the folder of one environment.
 * @param alerts those of the environment, to test its rules. @default - none
 * @throws Error if a file is not YAML
 */
export function readManifests(folder: string, alerts: readonly ConfiguredAlert[] = []): ManifestSet {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(SUFFIX))
    .sort();
  const objects = files.flatMap((file) =>
    parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => {
      const [error] = document.errors ?? [];
      if (error !== undefined) throw new Error(`${join(folder, file)}: ${error.message}`);
      return document.toJS() as Manifest;
    }),
  );
  return { environment: basename(folder), folder, files, objects: objects.filter((object) => object !== null), alerts };
}

/** Objects of a kind. */
export const ofKind = ({ objects }: ManifestSet, kind: string): readonly Manifest[] =>
  objects.filter((object) => object.kind === kind);

/** Whether an object is a custom resource: Kubernetes' schemas and our API server do not know its kind. */
export const isForeign = ({ apiVersion }: Manifest): boolean => apiVersion.startsWith('cilium.io/');
