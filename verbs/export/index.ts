import { resolve } from 'node:path';
import { writeYaml } from '../../lib/yaml';
import { chooseCluster } from '../context';
import { type Expected, expectedOf } from '../expected';
import type { Kubectl } from '../kubectl';
import { hasNamespace } from '../namespaces';
import { say, VerbError } from '../terminal';
import type { VerbInput } from '../up';
import { archiveOf, requireNew, writeWhole } from './archive';
import { CONTENTS, contentsOf } from './contents';
import { type Collected, collect, type Described, type Item, reasonOf } from './item';
import { logItems } from './logs';
import { events, liveObjects, renderedObjects } from './objects';
import { askPrograms, collectorMetrics } from './programs';
import { Redactor } from './redactor';
import { readSecrets, type Secrets } from './secret-values';
import { versions } from './versions';

/**
 * `monitor-export`: an archive for a bug report, without secrets and personal data. What cannot be read is listed in it.
 * @throws VerbError if the namespace does not exist, or the file exists or cannot be written
 */
export async function exportArchive(input: VerbInput): Promise<void> {
  const { root, config, settings, signal } = input;
  const time = new Date();
  const name = `monitor-export-${config.environment}-${stamp(time)}`;
  const file = resolve(root, settings.to ?? `${name}.tgz`);
  requireNew(file);
  const { kubectl, context } = await chooseCluster(root, settings);
  if (!(await hasNamespace(kubectl, config.namespace))) {
    const what = `There is no namespace ${config.namespace} in ${context}.`;
    throw new VerbError([{ what, fix: kubectl.commands.make('monitor-up') }]);
  }
  say(`${config.environment} in namespace ${config.namespace} of ${context}`);
  const expected = expectedOf(config);
  const secrets = await readSecrets(kubectl, expected);
  const redactor = new Redactor(secrets.values);
  const collected = await everything(input, kubectl, expected, secrets, redactor);
  if (signal.aborted) return;
  const title = `Export of ${config.environment}, ${time.toISOString()}`;
  const contents = { path: CONTENTS, text: contentsOf(title, collected, redactor.counts) };
  const files = [contents, ...collected.files];
  requireNoSecrets(redactor, files);
  const archive = await archiveOf(name, files, time);
  if (signal.aborted) return;
  writeWhole(file, archive);
  sayResult(file, archive.length, collected, redactor);
}

/** `20261126T101500Z` */
const stamp = (time: Date) => time.toISOString().replace(/[-:]|\.\d+/g, '');

/** Reads all parts, and prints each when it is read. */
async function everything(
  { variables, signal }: VerbInput,
  kubectl: Kubectl,
  expected: Expected,
  secrets: Secrets,
  redactor: Redactor,
): Promise<Collected> {
  const textOf = (path: string, content: unknown) => {
    if (typeof content === 'string') return redactor.text(content);
    const data = redactor.data(content);
    return path.endsWith('.json') ? `${JSON.stringify(data, null, 2)}\n` : writeYaml(data);
  };
  const read = (items: readonly Item[]) => collect(items, textOf, signal);
  const namesOfSecrets = { path: 'secrets.yaml', about: 'names and keys of Secrets', read: () => secrets.names };
  const parts: readonly (readonly [string, string, () => Promise<Collected>])[] = [
    ['versions', 'versions', () => read(versions(kubectl, expected))],
    ['rendered objects', 'rendered', () => read(renderedObjects(expected))],
    ['live objects', 'live', () => read([namesOfSecrets, ...liveObjects(kubectl, expected)])],
    ['events', 'events', () => read(events(kubectl, expected))],
    ['logs', 'logs', async () => read(await logItems(kubectl, expected))],
    ['Collector', 'collector', async () => read(await collectorMetrics(kubectl, expected))],
    ['other programs', 'programs', () => askPrograms(kubectl, expected, variables, textOf, signal)],
  ];
  const all: Collected[] = [{ files: [], missing: secrets.missing }];
  for (const [title, path, readPart] of parts) {
    if (signal.aborted) break;
    const part = await readPart().catch((error: unknown) => nothing(path, title, error));
    const gaps = part.missing.length === 0 ? '' : `, ${part.missing.length} not read`;
    say(`  ${title.padEnd(16)}  ${part.files.length} files${gaps}`);
    all.push(part);
  }
  return {
    files: all.flatMap(({ files }) => files),
    // A reason may name an address.
    missing: all.flatMap(({ missing }) => missing).map((gap) => ({ ...gap, reason: redactor.text(gap.reason) })),
  };
}

/** A part of which not even the list could be read. */
const nothing = (path: string, about: string, error: unknown): Collected => ({
  files: [],
  missing: [{ path, about, reason: reasonOf(error) }],
});

/** The last check: no file has the value of a Secret. */
function requireNoSecrets(redactor: Redactor, files: readonly Pick<Described, 'path' | 'text'>[]): void {
  const found = files.flatMap(({ path, text }) => redactor.secretsIn(text).map((name) => `${name} in ${path}`));
  if (found.length === 0) return;
  const what = `Nothing is written, because values of Secrets would be in the archive: ${found.join(', ')}.`;
  throw new VerbError([{ what, fix: 'report this with the names of the files, it is a fault of monitor-export' }]);
}

function sayResult(file: string, bytes: number, { files, missing }: Collected, { counts }: Redactor): void {
  for (const { path, about, reason } of missing) say(`  not read  ${path} (${about}): ${reason}`);
  say(`\n${file}: ${files.length + 1} files, ${(bytes / 1024).toFixed(0)} KiB, readable by you only`);
  say(
    `  Secrets, credentials, ${counts.addresses} IP and ${counts.emails} e-mail addresses are replaced; names of hosts and services are kept.`,
  );
  say(`  ${CONTENTS} in it says what each file is. Read it before you make it public.`);
}
