/** What one rendering has in place of another, text by text: short enough to review. */
import type { Chart } from 'cdk8s';
import { writeYaml } from '../../lib/yaml';
import type { Manifest } from '../../stack/checks/manifest';
import { type Change, entryDifferences, replacementOf, shown } from './entry-differences';
import { wrap } from './wrapped-lines';

/** The lines of each object, and of each file in a ConfigMap, by their names. */
export type Texts = ReadonlyMap<string, readonly string[]>;

/** What differs of one text: a heading and the lines below it. */
export interface Difference {
  readonly name: string;
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Changes with every file that is mounted, and says nothing that the difference of that file does not say. */
const CHECKSUM = /^( *checksum\/config: )[0-9a-f]+$/;

/** Links of an alert. They change with every address and are pinned in dist/, and their forms have tests of their own. */
const LINKS = /^( *(?:runbook_url|dashboard_url): ).*$/;

const linesOf = (text: string): string[] =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.replace(CHECKSUM, '$1<of the files>').replace(LINKS, '$1<of the alert>'));

/** The texts of a chart, without objects that are left out. A ConfigMap's files are texts of their own, as a program reads them. */
export const textsOf = (chart: Chart, isLeftOut: (object: Manifest) => boolean = () => false): Texts =>
  new Map(
    (chart.toJson() as Manifest[])
      .filter((object) => !isLeftOut(object))
      .flatMap((object): [string, string[]][] => {
        const name = `${object.kind} ${object.metadata.name}`;
        if (object.kind !== 'ConfigMap') return [[name, linesOf(writeYaml(object))]];
        const { data = {}, ...rest } = object;
        const files = Object.entries(data).map(([file, text]): [string, string[]] => [
          `${name}, ${file}`,
          linesOf(text),
        ]);
        return [[name, linesOf(writeYaml(rest))], ...files];
      }),
  );

/** Places from which on one replacement is shown once. */
const REPEATED = 3;

/**
 * What `after` has in place of `before`: a new text as a whole, of a changed one the lines. Nothing where both are the same.
 * One line that takes the place of another in several places, such as a namespace, is shown once, with their number.
 */
export function differences(before: Texts, after: Texts): Difference[] {
  const changes = new Map(
    [...after].map(([name, now]): [string, Change[]] => [name, entryDifferences(before.get(name) ?? now, now)]),
  );
  const repeated = repeatedIn([...changes.values()].flat());
  const everywhere = [...repeated].map(([lines, count]) => ({
    name: '',
    heading: `=== In ${count} places`,
    lines: lines.split('\n'),
  }));
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const inTexts = names.flatMap((name) => {
    const now = after.get(name);
    if (now === undefined) return [{ name, heading: `=== ${name}: is not rendered`, lines: [] }];
    if (!before.has(name))
      return [{ name, heading: `=== ${name}: is new`, lines: now.flatMap(wrap).map((line) => `+${line}`) }];
    const others = (changes.get(name) ?? []).filter((change) => !repeated.has(replacementOf(change) ?? ''));
    return others.length === 0 ? [] : [{ name, heading: `=== ${name}`, lines: shown(others) }];
  });
  return [...everywhere, ...inTexts];
}

/** Replacements of one line by one in several places: the two lines, and the number of places. */
function repeatedIn(changes: readonly Change[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const lines of changes.map(replacementOf)) if (lines !== null) places.set(lines, (places.get(lines) ?? 0) + 1);
  return new Map([...places].filter(([, count]) => count >= REPEATED));
}

/** Differences as the text of a file. */
export const textOf = (found: readonly Difference[]): string =>
  found
    .flatMap(({ heading, lines }) => [heading, ...lines])
    .map((line) => `${line}\n`)
    .join('');
