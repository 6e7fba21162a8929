/** Takes the copy of one claim: collects it there, reads it, lets the real program open it, and removes it there. */
import type { Kubectl } from '../kubectl';
import { say, VerbError } from '../terminal';
import type { BackupFile, StoreEntry } from './contents';
import { type Helper, type HelperContext, startHelper } from './helper';
import { isOpened, openCopy } from './opened';
import { resume, stop, waitUntilStarted } from './pause';
import { CLEAN, ROOM, STAGING } from './scripts';
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
  const helper = await startHelper(context, store);
  try {
    const taken = new Date().toISOString();
    const { stoppedSeconds, said } = await collect(context, store, helper);
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
    // Also after Ctrl-C. What a killed command has collected is removed by the next one.
    await cleaned(context.kubectl, helper, context.config.namespace);
    await helper.remove();
  }
}

/** Removes what was collected; a failure is left to the next backup. */
const cleaned = (kubectl: Kubectl, { pod }: Helper, namespace: string) =>
  kubectl.run(['exec', '-n', namespace, pod, '-c', 'tools', '--', 'sh', '-c', CLEAN]);

interface Collected {
  readonly stoppedSeconds: number | null;
  /** What the script printed. */
  readonly said: string;
}

async function collect(context: HelperContext, store: Store, helper: Helper): Promise<Collected> {
  const script = STAGING[store.program] ?? '';
  if (store.program !== 'jaeger') return { stoppedSeconds: null, said: (await helper.run(script)).trim() };
  await requireRoom(helper, store);
  const since = Date.now();
  say(`stopping jaeger; the Collector keeps the spans meanwhile`);
  const stopped = await stop(context, store.controller);
  let said: string;
  try {
    said = (await helper.run(script)).trim();
  } finally {
    if (stopped !== null) await resume(context, stopped);
  }
  if (stopped !== null) await waitUntilStarted(context, stopped.controller);
  return { stoppedSeconds: stopped === null ? null : Math.round((Date.now() - since) / 1000), said };
}

/** The copy of what cannot be linked needs as much space again. */
async function requireRoom(helper: Helper, { claim }: Store): Promise<void> {
  const [used = 0, free = 0] = (await helper.run(ROOM)).trim().split(' ').map(Number);
  if (free > used) return;
  const what = `claim ${claim} has ${sizeText(free * 1024)} free, and its copy needs ${sizeText(used * 1024)}`;
  throw new VerbError([
    { what, fix: 'make the claim larger (jaeger.storage), or keep spans for less time (jaeger.ttl)' },
  ]);
}

async function openedBy(context: HelperContext, store: Store, files: readonly BackupFile[]) {
  const opened = await openCopy(context, store);
  const blocks = files.filter(({ path }) => path.endsWith('/meta.json')).length;
  if (opened.blocks === null || opened.blocks === blocks) return opened;
  const what = `${store.program} loaded ${opened.blocks} of the ${blocks} blocks in the copy of ${store.claim}`;
  throw new VerbError([{ what, fix: 'run the command again; if it stays so, a block on the claim is damaged' }]);
}
