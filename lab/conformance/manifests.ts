/** The manifests as they lie in a folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ConfiguredAlert } from '../../content/alerts/configured';
import type { Manifest } from '../../stack/checks/manifest';

/** The folder of an environment. */
export interface ManifestSet {
  readonly environment: string;
  readonly folder: string;
  /** Paths below the folder. */
  readonly files: readonly string[];
  readonly objects: readonly Manifest[];
  /** The alerts of the environment, with the series that they are tested with. */
  readonly alerts: readonly ConfiguredAlert[];
}

const SUFFIX = '.k8s.yaml';

/**
 * Reads the folder of one environment.
 * @param alerts those of the environment, where its rules are to be tested. @default - none
 * @throws Error where a file is not YAML
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

/** Of a kind that Kubernetes does not have: it comes with a network, and so do its schema and its server. */
export const isForeign = ({ apiVersion }: Manifest): boolean => apiVersion.startsWith('cilium.io/');
