/** Takes the copy of one claim: collects it there, reads it, lets the real program open it, and removes it there. */
import { REMOVE_ABANDONED } from '../../charts/backup/scripts';
import { say, VerbError } from '../terminal';
import { dataFolder, type StoreEntry } from './contents';
import { copyStopped } from './copy-stopped';
import type { BackupFile } from './files';
import { type HelperContext, startHelper } from './helper';
import { isOpened, openCopy } from './opened';
import { STAGING } from './scripts';
import { clean } from './stage';
import type { Store } from './stores';
import { pull, sizeText } from './transfer';

/** The copy of one claim. */
export interface Taken {
  readonly entry: StoreEntry;
  readonly files: readonly BackupFile[];
}

/**
 * Copies a claim's data into a backup.
 * @param root the backup's folder
 * @throws VerbError if the copy cannot be taken, or the real program does not open it
 */
export async function take(context: HelperContext, store: Store, root: string): Promise<Taken> {
  const { claim, program, pod } = store;
  const start = Date.now();
  const taken = new Date().toISOString();
  const stoppedSeconds = program === 'jaeger' ? await copyStopped(context, store) : null;
  const helper = await startHelper(context, store);
  try {
    const said = program === 'jaeger' ? '' : (await helper.run(STAGING[program] ?? '')).trim();
    await helper.run(REMOVE_ABANDONED);
    const files = await pull(helper, root, claim, context.signal);
    // The program may change the copy, so it is opened last.
    const opened = isOpened(program) ? (await openedBy(context, store, files)).summary : said;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    const stopped = stoppedSeconds === null ? '' : `; ${program} was stopped for ${stoppedSeconds} s`;
    say(`${claim.padEnd(18)}  ${sizeText(bytes)} in ${files.length} files, ${seconds} s; opened: ${opened}${stopped}`);
    const [{ image }] = pod.containers;
    return { entry: { claim, program, image, taken, bytes, opened, stoppedSeconds }, files };
  } finally {
    await clean(helper);
    await helper.remove();
  }
}

/** Prometheus must load every block of the copy. */
async function openedBy(context: HelperContext, store: Store, files: readonly BackupFile[]) {
  const opened = await openCopy(context, store);
  const folder = `${dataFolder(store.claim)}/`;
  const isBlock = ({ path }: BackupFile) => /^[0-9A-Z]{26}\/meta\.json$/.test(path.slice(folder.length));
  const blocks = files.filter(isBlock).length;
  if (opened.blocks === null || opened.blocks === blocks) return opened;
  const what = `${store.program} loaded ${opened.blocks} of the ${blocks} blocks in the copy of ${store.claim}`;
  throw new VerbError([{ what, fix: 'run the command again; if it stays so, a block on the claim is damaged' }]);
}
