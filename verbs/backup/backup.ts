/** `monitor-backup`: copies the stack's data to a folder of this machine, from a stack that runs. */

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { quoted } from '../commands';
import { type Cluster, chooseCluster } from '../context';
import { type Expected, expectedOf } from '../expected';
import type { Kubectl } from '../kubectl';
import { refuseLosses } from '../leaving-claims';
import { hasNamespace } from '../namespaces';
import type { Claim } from '../objects';
import { say, VerbError } from '../terminal';
import type { VerbInput } from '../up';
import { readBesides } from './besides';
import { type Contents, type StoreEntry, writeContents } from './contents';
import { exclusively } from './exclusively';
import { type BackupFile, filesIn } from './files';
import { repair } from './go-back';
import type { HelperContext } from './helper';
import { runningImages, withRunningImage } from './images';
import { partialOf, removeAbandoned } from './partial';
import { checkSignal, Interrupted } from './process';
import { BACKUP_RIGHTS, requireRights } from './rights';
import { STAGING } from './scripts';
import { type Store, storesOf } from './stores';
import { take } from './take';
import { sizeText } from './transfer';

/** File of the rendered objects in a backup. */
const MANIFESTS = 'manifests.json';
const OWNER = { mode: 0o600 };

/**
 * Copies everything into a new folder, which appears once it is complete: a command that fails or is stopped leaves none.
 * @throws VerbError if the folder exists, the stack is not there, or a copy cannot be taken or opened
 */
export async function backup({ root, config, settings, signal }: VerbInput): Promise<void> {
  const { environment, namespace } = config;
  const started = new Date();
  const name = `${environment}-${started.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const target = resolve(root, settings.to ?? join('backups', name));
  if (existsSync(target)) throw new VerbError([{ what: `${target} exists`, fix: 'TO=FOLDER names a new folder' }]);
  const cluster = await chooseCluster(root, settings);
  const { kubectl, context } = cluster;
  if (!(await hasNamespace(kubectl, namespace)))
    throw new VerbError([
      {
        what: `there is no namespace ${namespace} in ${context}`,
        fix: `${kubectl.commands.make('monitor-up')} starts the stack`,
      },
    ]);
  const expected = expectedOf(config);
  await requireRights(kubectl, namespace, BACKUP_RIGHTS);
  await refuseLosses(kubectl, namespace);
  const partial = partialOf(target);
  for (const left of removeAbandoned(target)) say(`${left} was left by a command that was killed: removed`);
  try {
    say(`${environment} in namespace ${namespace} of ${context}, to ${relative(process.cwd(), target)}`);
    mkdirSync(partial, { recursive: true, mode: 0o700 });
    const work = { kubectl, config, signal, timeoutSeconds: settings.timeoutSeconds };
    await exclusively({ kubectl, namespace, signal }, 'monitor-backup', async (own) => {
      await repair({ ...work, signal: own }, expected);
      await fill(partial, cluster, expected, { ...work, signal: own }, started);
    });
    renameSync(partial, target);
    say(
      `\nThe backup is complete: ${kubectl.commands.make('monitor-restore', `FROM=${quoted(relative(process.cwd(), target))}`)}`,
    );
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    say('Interrupted: there is no backup, and the stack runs as before.');
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

async function fill(folder: string, cluster: Cluster, expected: Expected, work: HelperContext, started: Date) {
  const { kubectl, signal } = work;
  const { namespace, environment } = expected.config;
  const { bound, notIncluded } = await withData(kubectl, expected);
  const images = await runningImages(kubectl, expected);
  const stores: StoreEntry[] = [];
  const data: BackupFile[] = [];
  for (const store of bound) {
    const { entry, files } = await take(work, withRunningImage(store, images), folder);
    stores.push(entry);
    data.push(...files);
  }
  const besides = await readBesides(work, expected);
  const manifests = `${JSON.stringify([...expected.keep, ...expected.workloads], null, 1)}\n`;
  for (const [name, text] of Object.entries({ ...besides.files, [MANIFESTS]: manifests }))
    writeFileSync(join(folder, name), text, OWNER);
  const { serverVersion } = await kubectl.json<{ serverVersion: { gitVersion: string } }>(['version']);
  const contents: Contents = {
    created: started.toISOString(),
    environment,
    namespace,
    cluster: { context: cluster.context, server: cluster.server, kubernetes: serverVersion.gitVersion },
    images,
    stores,
    silences: besides.silences,
    notIncluded: [...notIncluded, ...besides.notIncluded],
    files: [...data, ...(await filesIn(folder)).filter(({ path }) => !path.startsWith('data/'))],
  };
  checkSignal(signal);
  writeContents(folder, contents);
  report(contents);
}

interface WithData {
  /** Stores whose claim has a volume. */
  readonly bound: readonly Store[];
  /** What is not in the backup, and why. */
  readonly notIncluded: readonly string[];
}

async function withData(kubectl: Kubectl, expected: Expected): Promise<WithData> {
  const { namespace, jaeger, grafana } = expected.config;
  const stores = storesOf(expected).filter(({ program }) => STAGING[program] !== undefined);
  const claims = await kubectl.list<Claim>('persistentvolumeclaims', '-n', namespace);
  const phases = new Map(claims.map(({ metadata, status }) => [metadata.name, status?.phase]));
  const isBound = ({ claim }: Store) => phases.get(claim) === 'Bound';
  return {
    bound: stores.filter(isBound),
    notIncluded: [
      ...stores.filter((store) => !isBound(store)).map(({ claim }) => `${claim}: the claim has no volume, so no data`),
      ...(jaeger.store.type === 'badger'
        ? []
        : [`spans: they are in ${jaeger.store.type}, which has backups of its own`]),
      ...(grafana.database.type === 'sqlite'
        ? []
        : [`Grafana's database: it is in ${grafana.database.type}, whose own tool backs it up`]),
    ],
  };
}

function report({ stores, silences, notIncluded, files }: Contents): void {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (silences !== null) say(`${'silences'.padEnd(18)}  ${silences}`);
  for (const line of notIncluded) say(`not in the backup   ${line}`);
  const stopped = stores.reduce((sum, { stoppedSeconds }) => sum + (stoppedSeconds ?? 0), 0);
  say(`${sizeText(bytes)} in ${files.length} files; programs were stopped for ${stopped} s in all`);
}
