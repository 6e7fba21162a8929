/** An impact as rows for people: what happens to which object, and what to do about it. */
import type { Impact } from './impact';
import type { Refusal } from './refusals';
import { hasDowntime, type Restart } from './restarts';
import { hasPods } from './steps';
import { type Difference, titleOf } from './tree';

/** One row. */
export interface Row {
  readonly severity: 'data' | 'refused' | 'restart' | 'grow' | 'reload';
  readonly object: string;
  readonly what: string;
  /** The next step; empty if there is nothing to do. */
  readonly next: string;
}

/** The rows of an impact, what needs most care first. */
export const rowsOf = (impact: Impact): readonly Row[] => [
  ...impact.risks.map((risk): Row => ({ severity: 'data', ...risk })),
  ...impact.refusals.filter(({ remedy }) => remedy === 'new claim').map(refusalRow),
  ...impact.refusals.filter(({ remedy }) => remedy !== 'new claim').map(refusalRow),
  ...impact.restarts.map(restartRow),
  ...impact.growths.map(
    ({ claim, from, to }): Row => ({
      severity: 'grow',
      object: `PersistentVolumeClaim/${claim}`,
      what: `${from} becomes ${to}`,
      next: 'its StorageClass needs allowVolumeExpansion: true',
    }),
  ),
  ...impact.reloads.map(({ workload, configMaps }): Row => {
    const what = `reads ${some(configMaps)} again by itself, within two minutes`;
    return { severity: 'reload', object: titleOf(workload), what, next: '' };
  }),
];

function refusalRow({ after, fields, remedy }: Refusal): Row {
  const severity = remedy === 'new claim' ? 'data' : 'refused';
  return {
    severity,
    object: titleOf(after),
    what: `cannot be changed: ${listed(fields)}`,
    next: nextOf(after, remedy),
  };
}

function nextOf(after: Refusal['after'], remedy: Refusal['remedy']): string {
  if (remedy === 'orphan') return 'monitor-up replaces it without its pods; by hand: the commands below, then apply';
  if (remedy === 'recreate')
    return `monitor-up deletes it and applies it again${hasPods(after) ? ': its pods stop meanwhile' : ''}; by hand: the commands below, then apply`;
  const claims = after.kind === 'StatefulSet' ? 'the StatefulSet and its claims' : 'the claim';
  return `set it back; or take a backup, stop the stack by monitor-down, delete ${claims}, start it by monitor-up, restore the backup`;
}

function restartRow(restart: Restart): Row {
  const { workload, fields, configMaps } = restart;
  const files = configMaps.length > 0 ? [`its files change: ${some(configMaps)}`] : [];
  return {
    severity: 'restart',
    object: titleOf(workload),
    what: [...files, ...(fields.length > 0 ? [listed(fields)] : [])].join('; '),
    next: hasDowntime(restart) ? 'it is not available while its pod is replaced' : '',
  };
}

/** Items of a list that a row shows. */
const SHOWN = 4;

const listed = (fields: readonly Difference[]): string => {
  const texts = fields.map(({ path, before, after }) => {
    if (before === undefined && after === undefined) return path;
    return `${short(path)} ${shown(path, before)} → ${shown(path, after)}`;
  });
  return some([...new Set(texts)]);
};

/** The first items of a list, and how many more there are. */
const some = (items: readonly string[]): string =>
  [...items.slice(0, SHOWN), ...(items.length > SHOWN ? [`and ${items.length - SHOWN} more`] : [])].join(', ');

/** Paths within a pod's template without what they all begin with. */
const short = (path: string): string => path.replace(/^(spec\.)?containers/, 'containers');

const MAX = 60;

/** A value, short, and never that of an environment variable: a password may have been written there by hand. */
function shown(path: string, value: unknown): string {
  if (value === undefined) return '(none)';
  if (/\benv(\[|$)/.test(path)) return '(a value)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX ? `${text.slice(0, MAX)}…` : text;
}
