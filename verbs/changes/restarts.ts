/** Which pods a change replaces, and which only read a new configuration. */

import { CONFIG_HASH } from '../../lib/pod-template';
import { type Manifest, mountedConfigMaps, podOf } from '../../stack/checks/manifest';
import { at, type Difference, differencesOf, type Paired, same, titleOf, treeAt } from './tree';

/** A workload whose pods are replaced. */
export interface Restart {
  readonly workload: Manifest;
  /** Fields of the pod template that change. */
  readonly fields: readonly Difference[];
  /** ConfigMaps that the program reads at its start, and that change. */
  readonly configMaps: readonly string[];
  /** How the pods are replaced: `Recreate` leaves none running meanwhile. */
  readonly strategy: string;
}

/** A workload that reads changed files without a restart. */
export interface Reload {
  readonly workload: Manifest;
  readonly configMaps: readonly string[];
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** Differs whenever the image does. */
const VERSION_LABEL = 'metadata.labels.app.kubernetes.io/version';

/** The workloads of both sets whose pods are replaced, or that reload. */
export function restartsOf({ added, removed, kept }: Paired): {
  readonly restarts: readonly Restart[];
  readonly reloads: readonly Reload[];
} {
  const changed = new Set([
    ...kept.filter(({ before, after }) => isChangedConfigMap(before, after)).map(({ after }) => after.metadata.name),
    ...[...added, ...removed].filter(({ kind }) => kind === 'ConfigMap').map(({ metadata: { name } }) => name),
  ]);
  const restarts: Restart[] = [];
  const reloads: Reload[] = [];
  for (const { before, after: workload } of kept) {
    if (!WORKLOADS.includes(workload.kind)) continue;
    const fields = differencesOf(templateOf(before), templateOf(workload));
    const configMaps = mounted(workload).filter((name) => changed.has(name));
    if (fields.length > 0) restarts.push({ workload, ...reasons(fields, configMaps), strategy: strategyOf(workload) });
    else if (configMaps.length > 0) reloads.push({ workload, configMaps });
  }
  return { restarts, reloads };
}

const isChangedConfigMap = (before: Manifest, after: Manifest): boolean =>
  after.kind === 'ConfigMap' && !same(before.data, after.data);

const templateOf = ({ spec }: Manifest): unknown => at(spec, 'template');

const mounted = (workload: Manifest): readonly string[] => {
  const pod = podOf(workload);
  return pod === undefined ? [] : [...mountedConfigMaps(pod)];
};

/** The hash stands for the ConfigMaps, and the image for the label with its version. */
function reasons(fields: readonly Difference[], configMaps: readonly string[]) {
  const isHash = ({ path }: Difference) => path.startsWith('metadata.annotations') && path.endsWith(CONFIG_HASH);
  const others = fields.filter((field) => !isHash(field));
  const shown = others.filter(({ path }) => path !== VERSION_LABEL);
  return { fields: shown.length > 0 ? shown : others, configMaps: fields.some(isHash) ? configMaps : [] };
}

function strategyOf({ spec }: Manifest): string {
  const { type } = { ...treeAt(spec, 'updateStrategy'), ...treeAt(spec, 'strategy') };
  return typeof type === 'string' ? type : 'RollingUpdate';
}

/** Whether a program is not available while its pod is replaced. */
export const hasDowntime = ({ strategy }: Restart): boolean => strategy === 'Recreate';

/** A workload as messages name it. */
export const workloadTitle = ({ workload }: { readonly workload: Manifest }): string => titleOf(workload);
