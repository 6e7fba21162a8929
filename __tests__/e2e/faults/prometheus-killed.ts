import { until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { note } from '../stack';
import { back, FAULTS, kill } from './place';

/** Seconds between two scrapes in development. */
const INTERVAL = 15;
/** A series of a target that is not restarted here. */
const SERIES = 'up{job="kube-state-metrics"}';

interface Matrix {
  readonly result: readonly { readonly values: readonly (readonly [number, string])[] }[];
}

/** F13. */
export function prometheusKilled(): void {
  const { api, value } = prometheusIn(FAULTS);
  const scrapes = async (): Promise<readonly number[]> => {
    const { result } = await api<Matrix>(`/query?${new URLSearchParams({ query: `${SERIES}[1h]` })}`);
    return result.flatMap(({ values }) => values.map(([time]) => time)).sort((a, b) => a - b);
  };

  test('Prometheus is killed: what it had is there, and at most two scrapes are missing beyond the time that it was away', async () => {
    await until(async () => (await scrapes()).length >= 3, 'some scrapes');
    const before = await scrapes();
    const killed = Date.now() / 1000;
    kill('prometheus');
    await back('prometheus');
    const away = Date.now() / 1000 - killed;
    const later = async () => (await scrapes()).filter((time) => time > killed + away);
    await until(async () => (await later()).length > 0, 'a scrape by the new Prometheus');
    const after = await scrapes();
    const gap = Math.min(...(await later())) - Math.max(...after.filter((time) => time <= killed));
    const missing = Math.ceil((gap - away) / INTERVAL) - 1;
    note('F13: Prometheus killed', { awaySeconds: away, gapSeconds: gap, missingScrapes: missing });
    expect(before.filter((time) => !after.includes(time))).toEqual([]);
    expect(missing).toBeLessThanOrEqual(2);
    await until(
      async () => (await value('prometheus_tsdb_wal_corruptions_total')) === 0,
      'its log without a corruption',
    );
  });
}
