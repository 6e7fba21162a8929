/** The catalogue's entries of Jaeger, against the real program with badger, after writes and reads. */
import { programVersion } from '../../../lab/cache';
import { until } from '../../../lab/commands';
import { METRICS } from '../../../metrics/catalogue/index';
import { compare } from '../../../metrics/compare';
import { EMITTERS } from '../../../metrics/emitters';
import { isIn } from '../../../metrics/versions';
import { startRenderedJaeger } from '../programs/jaeger';
import { sendSpans } from '../programs/otlp';
import { type Scraper, startScraper } from '../programs/scraper';

let jaeger: Awaited<ReturnType<typeof startRenderedJaeger>>;
let scraper: Scraper;
beforeAll(async () => {
  jaeger = await startRenderedJaeger();
  scraper = await startScraper(jaeger.metrics);
}, 60_000);
afterAll(async () => {
  await scraper?.stop();
  await jaeger?.stop();
});

const ENTRIES = METRICS.filter(({ emitter }) => emitter === EMITTERS.jaeger);

/** What badger's five minutes, or another store, or a failure must cause. */
const NOT_CAUSED =
  /_bulk_index_errors_|jaeger_storage_responses_total|_log_bytes_available|_last_run|send_failed|refused|failed|write_pending/;

test('every entry is as Jaeger emits it, after spans were written and read', async () => {
  await sendSpans(jaeger.endpoint, [{ name: 'GET /', kind: 'server' }]);
  const read = async () => {
    const { data } = (await (await fetch(`${jaeger.api}/services`)).json()) as { data: readonly string[] | null };
    await fetch(`${jaeger.api}/traces?service=llm-api&lookback=1h&limit=20`);
    return data?.includes('llm-api') === true;
  };
  await until(read, 'Jaeger to have the service');
  const version = programVersion('jaeger');
  const expected = ENTRIES.filter((metric) => isIn(metric, version) && !NOT_CAUSED.test(metric.name));
  let missing: readonly string[] = [];
  const isThere = async () => {
    const emitted = await scraper.emitted();
    missing = expected.filter(({ name }) => !emitted.has(name)).map(({ name }) => name);
    return missing.length === 0;
  };
  await until(isThere, 'every entry', 40).catch(() => expect(missing).toEqual([]));
  const { failures, proven } = compare(ENTRIES, await scraper.emitted(), version);
  expect(failures).toEqual([]);
  expect(proven.length).toBeGreaterThanOrEqual(expected.length);
}, 120_000);

test('Jaeger emits nothing that is not in the catalogue', async () => {
  const listed = new Set(ENTRIES.map(({ name }) => name));
  const names = [...(await scraper.emitted()).keys()];
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !listed.has(name)).sort()).toEqual([]);
});

test('the histograms of durations are marked where their buckets are too coarse for quantiles', async () => {
  const histograms = ENTRIES.filter(({ type, unit }) => type === 'histogram' && unit === 'seconds');
  const bounds = await Promise.all(histograms.map(({ name }) => scraper.bounds(name)));
  const seen = histograms.flatMap((metric, index) => {
    const positive = bounds[index]?.filter((bound) => bound > 0) ?? [];
    return positive.length === 0
      ? []
      : [{ name: metric.name, isMarked: metric.coarse !== undefined, first: positive[0] }];
  });
  expect(seen.map(({ name }) => name)).toContain('jaeger_storage_latency_seconds');
  for (const { name, isMarked, first = 0 } of seen) expect([name, isMarked]).toEqual([name, first >= 1]);
});
