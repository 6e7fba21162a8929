/** F6: the file of the Collector's queue is damaged. */
import { closeSync, openSync, readdirSync, renameSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Experiment, type Outcome, unmet } from '../experiment';
import { SpanPath } from './path';
import { sumOfOutcomes } from './sums';

/** The first two pages of bbolt's file: both copies of its header. */
const HEADER_BYTES = 8192;

const overwrite = (path: string, from: number, to: number): void => {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(to - from, 0xff), 0, to - from, from);
  closeSync(file);
};

/** What is done to a file of a queue, by name. */
const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  'header overwritten': (path) => overwrite(path, 0, HEADER_BYTES),
  'pages overwritten': (path) => overwrite(path, HEADER_BYTES, statSync(path).size),
  'file cut in half': (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
};

/**
 * Starts a Collector with a damaged queue. `recreate` covers a panic where the extension opens the file; bbolt also panics elsewhere, and
 * answers with errors. Where it does not start, the file is moved away, as an operator would.
 * @returns what happened, and whether it was said
 */
async function startDamaged(path: SpanPath): Promise<{ readonly how: string; readonly isSaid: boolean }> {
  const { collector } = path;
  const failure = await path.start().then(
    () => null,
    (error: Error) => error.message,
  );
  if (failure === null) {
    const backups = readdirSync(collector.queue).filter((name) => name.endsWith('.backup'));
    return { how: `started with a new file, ${backups.length} put aside`, isSaid: backups.length > 0 };
  }
  await collector.end('SIGKILL');
  for (const name of readdirSync(collector.queue))
    renameSync(join(collector.queue, name), collector.running.path(`${name}.aside`));
  await path.start();
  const [cause = ''] = /invalid database|panic: [^\n]{0,60}|fault address/.exec(failure) ?? [];
  return { how: `did not start (${cause}) until the file was moved away`, isSaid: cause !== '' };
}

/** One damage: some spans are stored before, some are queued, some come after. */
const damaged = (name: string, damage: (path: string) => void): Promise<Outcome> =>
  SpanPath.with({}, async (path) => {
    const stored = await path.send(500, 1);
    await path.drained();
    await path.jaeger.end();
    const queued = await path.send(500, 2);
    await path.end('SIGTERM');
    for (const file of readdirSync(path.collector.queue)) damage(join(path.collector.queue, file));
    const { how, isSaid } = await startDamaged(path);
    await path.jaeger.start();
    const after = await path.send(500, 1);
    await path.drained();
    const outcome = await path.outcome([...stored, ...queued, ...after], {}, []);
    const inQueue = queued.filter(({ refusedBy }) => refusedBy === null).flatMap(({ ids }) => ids).length;
    const criteria = {
      [`${name}: the log says it, and the damaged file is kept`]: isSaid,
      [`${name}: no more is lost than what was queued`]: outcome.lost <= inQueue,
    };
    return { ...outcome, failures: unmet(criteria), figures: [`${name}: ${how}, ${outcome.lost} spans lost`] };
  });

/** F6. The queue is gone, which no setting prevents; it must not be silent. */
export const queueCorrupt: Experiment = {
  id: 'F6',
  title: "the queue's file is damaged while the Collector is down",
  passes:
    'it starts with a new file and keeps the damaged one, or says why it does not start and starts once the file is moved away; no more than what was queued is lost',
  run: async ({ say }) => {
    const outcomes: Outcome[] = [];
    for (const [name, damage] of Object.entries(DAMAGES)) {
      const outcome = await damaged(name, damage);
      say(outcome.figures.join());
      outcomes.push(outcome);
    }
    return sumOfOutcomes(
      outcomes,
      outcomes.flatMap(({ figures }) => figures),
    );
  },
};
