import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../cluster/cluster';
import { resultOf, startPod } from '../pods';
import { note, verb } from '../stack';
import {
  BACKUP,
  helpers,
  jaeger,
  kept,
  ownMetric,
  PROJECT,
  rowsWritten,
  SENDERS,
  samplesBefore,
  VARIABLES,
} from './stack';

interface Load {
  readonly ended: number;
  readonly refused: number;
  readonly acknowledged: readonly string[];
}

/** The copy is taken from a stack that is written to. */
export function underLoad(): void {
  test('it is taken, and no acknowledged span is lost', async () => {
    const pod = { name: 'e2e-load', namespace: SENDERS };
    const run = 'e2e-load';
    const env = { ENDPOINT: `http://otel-collector.${BACKUP}:4318`, RUN: run, RATE: '50', SECONDS: '30' };
    startPod({ ...pod, program: 'load', env });
    let first: readonly string[] = [];
    const areStored = async () => {
      first = (await jaeger.search(run, 100)).map(({ traceID }) => traceID);
      return first.length >= 100;
    };
    await until(areStored, 'the first spans in Jaeger');
    kept.traces = [...kept.traces, ...first];
    // What was scraped ten seconds ago is stored by now.
    kept.moment = Math.floor(Date.now() / 1000) - 10;
    kept.samples = await samplesBefore(kept.moment);
    kept.rows = rowsWritten();
    kept.folder = join(mkdtempSync(join(tmpdir(), 'e2e-backup-')), 'one');
    const compactions = await ownMetric('prometheus_tsdb_compactions_total');
    const { code, output } = await verb(PROJECT, 'backup', { ...VARIABLES, TO: kept.folder });
    expect([code, output]).toEqual([0, expect.stringMatching(/The backup is complete/)]);
    process.stdout.write(output);
    const { ended, refused, acknowledged } = await resultOf<Load>(pod);
    let stored: readonly string[] = [];
    const isComplete = async () => {
      stored = await jaeger.stored(acknowledged);
      return stored.length === acknowledged.length;
    };
    await until(isComplete, 'every acknowledged span to be stored').catch(() => undefined);
    note('a backup under load', {
      offered: ended,
      acknowledged: acknowledged.length,
      refused,
      stored: stored.length,
      samples: kept.samples,
      rows: kept.rows,
      'compactions meanwhile': (await ownMetric('prometheus_tsdb_compactions_total')) - compactions,
    });
    expect(stored.length).toBe(acknowledged.length);
    expect(acknowledged.length).toBeGreaterThan(500);
    expect(helpers()).toBe('');
  });
}
