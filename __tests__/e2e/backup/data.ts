import { kubectl, until } from '../../cluster/cluster';
import { post } from '../apis';
import { runPod } from '../pods';
import type { SentSpan } from '../programs/jan-trace';
import { up } from '../stack';
import { ALERTMANAGER, BACKUP, jaeger, kept, ownMetric, PROJECT, SENDERS, silences, startWriter } from './stack';

const hour = (offset: number) => new Date(Date.now() + offset * 3_600_000).toISOString();

/** Everything that a backup has to keep. */
export function data(): void {
  test('it comes up', async () => {
    kubectl(['create', 'namespace', SENDERS]);
    await up(PROJECT);
  });

  test('spans and metrics arrive', async () => {
    const env = { ENDPOINT: `http://otel-collector.${BACKUP}:4318`, RUN: 'backup' };
    const sent = await runPod<SentSpan[]>({ name: 'e2e-sender', namespace: SENDERS, program: 'sender', env });
    kept.traces = [...new Set(sent.map(({ traceId }) => traceId))];
    await until(
      async () => (await jaeger.stored(kept.traces)).length === kept.traces.length,
      'the traces to be stored',
    );
  });

  test('there is a silence', async () => {
    const silence = {
      matchers: [{ name: 'alertname', value: 'Watched', isRegex: false, isEqual: true }],
      startsAt: hour(-1),
      endsAt: hour(24),
      createdBy: 'ada',
      comment: 'planned work',
    };
    await post(ALERTMANAGER, '/api/v2/silences', silence);
    expect(await silences()).toEqual(['planned work']);
  });

  test('a program writes to the database of Grafana', startWriter);

  test('Prometheus has made blocks, and has merged some', async () => {
    const isDone = async () =>
      (await ownMetric('prometheus_tsdb_blocks_loaded')) > 1 &&
      (await ownMetric('prometheus_tsdb_compactions_total')) > 2;
    await until(isDone, 'blocks to be made and merged');
  });
}
