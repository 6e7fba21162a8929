/** The benchmark of queries measures what it says: series as the catalogue has them, and queries as Grafana sends them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifests } from '../../../lab/conformance/manifests';
import { METRICS } from '../../../metrics/catalogue';
import { Catalogue } from '../../../promql/catalogue';
import { alertSeries } from '../../../scripts/bench/queries-alerts';
import { panelQueries } from '../../../scripts/bench/queries-grafana';
import { alertsOf, prometheusFiles, rounds } from '../../../scripts/bench/queries-rules';
import { benchSeries, type Series } from '../../../scripts/bench/queries-series';
import { ROOT } from '../../support';

const production = readManifests(join(ROOT, 'dist/production'));
const files = prometheusFiles(production);
const series = benchSeries(files.intervals, alertSeries(alertsOf(files), 0));
const catalogue = new Catalogue(METRICS);

const labelsOf = ({ labels }: Series): Readonly<Record<string, string>> =>
  Object.fromEntries(labels.flatMap((name, index) => (index % 2 === 0 ? [[name, labels[index + 1] ?? '']] : [])));

const all = series.map((one) => ({ labels: labelsOf(one), curve: one.curve, every: one.every }));
const ofName = (name: string) => all.filter(({ labels: { __name__ } }) => __name__ === name);

describe('the series', () => {
  test('are 200,000, each once', () => {
    expect(series.length).toBeGreaterThan(195_000);
    expect(series.length).toBeLessThan(210_000);
    expect(new Set(series.map(({ labels }) => [...labels].join('\0'))).size).toBe(series.length);
  });

  test('have names and labels of the catalogue', () => {
    const used = new Map<string, Set<string>>();
    for (const { labels } of all) {
      const { __name__: name = '', ...others } = labels;
      const known = used.get(name) ?? new Set();
      for (const label of Object.keys(others)) known.add(label);
      used.set(name, known);
    }
    const wrong = [...used].flatMap(([name, labels]) => {
      const found = catalogue.series(name);
      const allowed = found.flatMap(({ metric }) => [metric.labels, metric.emitter.targetLabels].flatMap(Object.keys));
      // Alerts have the labels of what they are about.
      const others = name.startsWith('ALERTS') ? [] : [...labels].filter((label) => !allowed.includes(label));
      return [...(found.length === 0 ? [name] : []), ...others.filter((label) => !['le', 'quantile'].includes(label))];
    });
    expect(wrong).toEqual([]);
  });

  test('fill the limit of the span metrics of each Collector, and do not exceed it', () => {
    const counts = new Map<string, number>();
    for (const {
      labels: { collector_instance_id: pod = '' },
    } of ofName('traces_span_metrics_calls_total'))
      counts.set(pod, (counts.get(pod) ?? 0) + 1);
    // aggregation_cardinality_limit of dist/.
    expect([...counts.values()]).toEqual([2000, 2000]);
  });

  test('have cumulative buckets at all times', () => {
    const buckets = ofName('traces_span_metrics_duration_seconds_bucket');
    const own = ({ labels }: (typeof all)[number]) => JSON.stringify({ ...labels, le: '' });
    const same = buckets.filter((one) => buckets[0] !== undefined && own(one) === own(buckets[0]));
    const sizes = same.map((one) => one.curve.size);
    expect(sizes.length).toBe(15);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(new Set(same.map((one) => one.curve.seed))).toHaveProperty('size', 1);
  });

  test('are scraped as often as the configuration says', () => {
    const everyOf = (job: string) => new Set(all.filter(({ labels }) => labels.job === job).map(({ every }) => every));
    expect(everyOf('node-exporter')).toEqual(new Set([15_000]));
    // Jan Server has an interval of its own. The span metrics of llm-api are scraped from the Collector.
    expect(everyOf('mcp-tools')).toEqual(new Set([10_000]));
    expect(everyOf('llm-api')).toEqual(new Set([10_000, 15_000]));
  });
});

test('the blocks are written by the release of Prometheus that reads them', () => {
  const versionIn = (folder: string) =>
    readFileSync(join(ROOT, 'lab/tools', folder, 'go.mod'), 'utf8').match(/prometheus\/prometheus (v\S+)/)?.[1];
  expect(versionIn('block-writer')).toMatch(/^v/);
  expect(versionIn('block-writer')).toBe(versionIn('prometheus'));
});

test('recording rules are computed after those that they read', () => {
  const names = rounds(files).map((groups) => groups.flatMap(({ rules }) => rules.map(({ record }) => record ?? '')));
  const at = (name: string) => names.findIndex((round) => round.includes(name));
  expect(at('slo:sli_total:rate')).toBe(0);
  expect(at('slo:sli_error:ratio_rate5m')).toBe(1);
  expect(at('slo:current_burn_rate:ratio')).toBe(2);
  const recorded = files.groups.flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? []));
  expect(new Set(names.flat())).toEqual(new Set(recorded));
});

describe('the queries', () => {
  const queries = panelQueries(production, 15);
  const steps = new Set(queries.map(({ step }) => step));

  test('are those of every panel, with the steps of their widths', () => {
    expect(queries.length).toBeGreaterThan(600);
    // Six hours on 80 pixels a column: 3 columns are 90 s, 8 are 33.75 s, 12 are 22.5 s, 24 are 11.25 s and no less than a scrape.
    for (const step of [120, 30, 20, undefined]) expect(steps).toContain(step);
    for (const step of steps) if (step !== undefined) expect(step).toBeGreaterThanOrEqual(15);
  });

  test('have no variable left', () => {
    expect(queries.filter(({ expr }) => /\$\{?[a-z_]/i.test(expr.replace(/"\$\d"/g, '')))).toEqual([]);
    expect(queries.some(({ expr }) => expr.includes('[21600s]'))).toBe(true);
    expect(queries.some(({ expr }) => expr.includes('service_name=~".*"'))).toBe(true);
    expect(queries.some(({ expr }) => expr.includes('service_name="llm-api"'))).toBe(true);
  });
});
