/** An impact as data for a report: no manifest in it, and no content of a ConfigMap. */
import { type Commands, quoted } from '../commands';
import type { EnvironmentPair } from './environments';
import { type Impact, type Severity, severityOf } from './impact';
import type { NameChange } from './names';
import { type Row, rowsOf } from './rows';
import { holdsData, pruneSteps, type Step, stepsOf } from './steps';
import { idOf, titleOf } from './tree';
import type { VersionChange } from './versions';

/** The report on one environment. */
export interface Report {
  readonly environment: string;
  /** Its name before, where that is another. */
  readonly was?: string;
  readonly severity: Severity;
  readonly rows: readonly Row[];
  readonly versions: readonly VersionChange[];
  readonly names: readonly NameChange[];
  readonly added: readonly string[];
  /** Objects with the fields that change. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Commands before the objects are applied, for those who do not use `monitor-up`. */
  readonly before: readonly string[];
  /** Commands after it. */
  readonly after: readonly string[];
}

/** The command of a step, to be pasted. */
export const commandOf = ({ args }: Step, commands: Commands): string => commands.kubectl(args.map(quoted).join(' '));

/**
 * The report on an impact.
 * @param kept ids of objects that stay, although this environment has them no more: another one has them. @default - none
 */
export function reportOf(
  { name: environment, was }: Pick<EnvironmentPair, 'name' | 'was'>,
  impact: Impact,
  commands: Commands,
  kept: ReadonlySet<string> = new Set(),
): Report {
  const isKept = (object: Impact['removed'][number]) => kept.has(idOf(object));
  const text = (step: Step) => commandOf(step, commands);
  return {
    environment,
    ...(was !== undefined && { was }),
    severity: severityOf(impact),
    rows: rowsOf(impact),
    versions: impact.versions,
    names: impact.names,
    added: impact.added.map(titleOf),
    changed: impact.changed.map(
      ({ after, fields }) => `${titleOf(after)} (${fieldsOf(fields.map(({ path }) => path))})`,
    ),
    removed: impact.removed.map((object) => `${titleOf(object)}${noteOf(object, isKept(object))}`),
    before: stepsOf(impact).map(text),
    after: pruneSteps(impact.removed.filter((object) => !isKept(object))).map(text),
  };
}

function noteOf(object: Impact['removed'][number], isKept: boolean): string {
  if (isKept) return ' (another environment has it: no command deletes it)';
  return holdsData(object) ? ' (it stays in the cluster)' : '';
}

/** Fields that a line shows. */
const SHOWN = 3;

/** The first fields, each without what is below its third key. Names of labels and annotations have dots, and are left out. */
function fieldsOf(paths: readonly string[]): string {
  const cut = (path: string) =>
    path.startsWith('data.') ? path : (METADATA.exec(path)?.[0] ?? path.split('.').slice(0, 3).join('.'));
  const fields = [...new Set(paths.map(cut))];
  const more = fields.length > SHOWN ? [`${fields.length - SHOWN} more`] : [];
  return [...fields.slice(0, SHOWN), ...more].join(', ');
}

const METADATA = /^metadata\.(labels|annotations)/;

/** Whether anything differs. */
export const isEmpty = ({ added, changed, removed }: Report): boolean =>
  added.length + changed.length + removed.length === 0;

/** A change of a name in words. */
export function nameText({ kind, before, after }: NameChange): string {
  if (before === null) return `${kind} ${after}: new`;
  if (after !== null) return `${kind} ${before}: now ${after}`;
  return `${kind} ${before}: ${kind === 'metric' ? 'no longer queried' : 'gone'}`;
}
