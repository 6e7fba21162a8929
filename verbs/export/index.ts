import { resolve } from 'node:path';
import { chooseCluster } from '../context';
import { expectedOf } from '../expected';
import { requireNamespace } from '../namespaces';
import { say, VerbError } from '../terminal';
import type { VerbInput } from '../up';
import { type ArchiveFile, archiveOf, requireNew, writeWhole } from './archive';
import { CONTENTS, contentsOf } from './contents';
import type { Collected } from './item';
import { everything } from './parts';
import { Redactor } from './redactor';
import { readSecrets } from './secret-values';

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
  const cluster = await chooseCluster(root, settings);
  const { kubectl, context } = cluster;
  await requireNamespace(cluster, config.namespace);
  say(`${config.environment} in namespace ${config.namespace} of ${context}`);
  const expected = expectedOf(config);
  const secrets = await readSecrets(kubectl, expected);
  const redactor = new Redactor(secrets.values);
  const collected = await everything(input, { kubectl, expected, secrets, redactor });
  const title = `Export of ${config.environment}, ${time.toISOString()}`;
  const contents = redactor.withoutSecrets(contentsOf(title, collected, redactor.counts));
  const files = [{ path: CONTENTS, text: contents }, ...collected.files];
  requireNoSecrets(redactor, files);
  const archive = await archiveOf(name, files, time);
  signal.throwIfAborted();
  writeWhole(file, archive);
  sayResult(file, archive.length, collected, redactor);
}

/** `20261126T101500Z` */
const stamp = (time: Date) => time.toISOString().replace(/[-:]|\.\d+/g, '');

/** The last check: no file has the value of a Secret, and no path. */
function requireNoSecrets(redactor: Redactor, files: readonly ArchiveFile[]): void {
  const found = files.flatMap(({ path, text }) =>
    redactor.secretsIn(`${path}\n${text}`).map((name) => `${name} in ${path}`),
  );
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
