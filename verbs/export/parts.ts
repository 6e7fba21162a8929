/** The parts of an archive: what each reads, and how its texts are made. */
import { writeYaml } from '../../lib/yaml';
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import { reasonOf } from '../reason';
import { say } from '../terminal';
import type { VerbInput } from '../up';
import { type Collected, collect, type Item } from './item';
import { logItems } from './logs';
import { events, liveObjects, renderedObjects } from './objects';
import { askPrograms, collectorMetrics } from './programs';
import type { Redactor } from './redactor';
import type { Secrets } from './secret-values';
import { versions } from './versions';

/** What an archive is made of. */
export interface Sources {
  readonly kubectl: Kubectl;
  readonly expected: Expected;
  readonly secrets: Secrets;
  readonly redactor: Redactor;
}

/** A part: its title, the path that stands for it where not even the list can be read, and how it is read. */
type Part = readonly [title: string, path: string, read: () => Promise<Collected>];

/**
 * Reads all parts, and prints each when it is read.
 * @throws the signal's reason if the signal is aborted
 */
export async function everything(input: VerbInput, sources: Sources): Promise<Collected> {
  const { redactor, secrets } = sources;
  const all: Collected[] = [{ files: [], missing: secrets.missing }];
  for (const [title, path, read] of partsOf(input, sources)) {
    const part = await read().catch((error: unknown) => nothing(path, title, error));
    input.signal.throwIfAborted();
    const gaps = part.missing.length === 0 ? '' : `, ${part.missing.length} not read`;
    say(`  ${title.padEnd(16)}  ${part.files.length} files${gaps}`);
    all.push(part);
  }
  // A path has names, and a reason may name an address.
  const pathOf = ({ path }: { readonly path: string }) => redactor.withoutSecrets(path);
  return {
    files: all.flatMap(({ files }) => files).map((file) => ({ ...file, path: pathOf(file) })),
    missing: all
      .flatMap(({ missing }) => missing)
      .map((gap) => ({ ...gap, path: pathOf(gap), reason: redactor.text(gap.reason) })),
  };
}

function partsOf({ variables, signal }: VerbInput, { kubectl, expected, secrets, redactor }: Sources): readonly Part[] {
  const textOf = textWith(redactor);
  const read = (items: readonly Item[]) => collect(items, textOf, signal);
  const aboutNames = 'names and keys of Secrets, with what stands for their values';
  const namesOfSecrets = { path: 'secrets.yaml', about: aboutNames, read: () => secrets.names };
  return [
    ['versions', 'versions', () => read(versions(kubectl, expected))],
    ['rendered objects', 'rendered', () => read(renderedObjects(expected))],
    ['live objects', 'live', () => read([namesOfSecrets, ...liveObjects(kubectl, expected)])],
    ['events', 'events', () => read(events(kubectl, expected))],
    ['logs', 'logs', async () => read(await logItems(kubectl, expected))],
    ['Collector', 'collector', async () => read(await collectorMetrics(kubectl, expected))],
    ['other programs', 'programs', () => askPrograms(kubectl, expected, variables, textOf, signal)],
  ];
}

/** The text of what was read. A value may only be found in how data is written, as `name:` is. */
const textWith =
  (redactor: Redactor) =>
  (path: string, content: unknown): string => {
    if (typeof content === 'string') return redactor.text(content);
    const data = redactor.data(content);
    return redactor.withoutSecrets(path.endsWith('.json') ? `${JSON.stringify(data, null, 2)}\n` : writeYaml(data));
  };

/** A part of which not even the list could be read. */
const nothing = (path: string, about: string, error: unknown): Collected => ({
  files: [],
  missing: [{ path, about, reason: reasonOf(error) }],
});
