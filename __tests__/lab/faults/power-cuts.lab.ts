/** F10 finds what a program loses that acknowledges before it has synced, and a disk that does not open. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noDisks } from '../../../lab/faults/disk';
import { jaegerOnDisk } from '../../../lab/faults/stores/jaeger-power-cut';
import { synced } from '../../../lab/faults/stores/power-cuts';
import { queueOnDisk } from '../../../lab/faults/stores/queue-power-cut';

const RUNS = { crashes: 1, seed: 1, say: () => undefined };
const reason = noDisks();
const onDisks = reason === null ? test : test.skip;
const notRun = reason === null ? '' : ` (NOT RUN: ${reason})`;

onDisks.each([jaegerOnDisk, queueOnDisk])(`$name without synced writes has lost spans${notRun}`, async (subject) => {
  const { counts, failures } = await synced({ ...subject, on: (folder) => subject.on(folder, false) }, RUNS);
  expect(counts.acked).toBeGreaterThan(0);
  expect(counts.lost).toBeGreaterThan(0);
  expect(failures).toEqual([`not met: ${subject.name}: with syncWrites no acknowledged span is lost`]);
});

test('a queue that the Collector cannot open is lost, and the cause is named', async () => {
  const claim = mkdtempSync(join(tmpdir(), 'power-cuts-'));
  try {
    mkdirSync(join(claim, 'queue'));
    writeFileSync(join(claim, 'queue/exporter_otlp_http_jaeger_traces'), Buffer.alloc(65_536, 0xff));
    expect(await queueOnDisk.readAgain(claim, ['00000000000000000000000000000001/0000000000000001'])).toEqual({
      found: [],
      unopened: 'the Collector does not start (invalid database)',
    });
  } finally {
    rmSync(claim, { recursive: true });
  }
});
