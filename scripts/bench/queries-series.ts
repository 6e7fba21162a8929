/**
 * The series of the benchmark, as the catalogue of metrics describes them: names, labels and types of every program of the stack, in a
 * cluster of 30 nodes. The recording rules' own series are not among them: they are computed.
 */
import { createHash } from 'node:crypto';
import { HISTOGRAM_BOUNDS } from '../../metrics/buckets';
import { METRICS } from '../../metrics/catalogue';
import { EMITTERS, type EmitterName } from '../../metrics/emitters';
import { type Metric, seriesOf } from '../../promql/metric';
import type { AlertSeries } from './queries-alerts';
import type { Labels } from './queries-cluster';
import { type Group, SHAPES } from './queries-shapes';
import { TOGETHER, VALUES } from './queries-values';

/** How the values of a series change. See lab/tools/block-writer/curve.go. */
export interface Curve {
  readonly kind: 'counter' | 'gauge' | 'constant';
  readonly size: number;
  readonly seed: number;
  readonly whole: boolean;
}

/** A series, as block-writer reads it. */
export interface Series {
  /** Names and values in turns. */
  readonly labels: readonly string[];
  /** Milliseconds between samples, and of the first one after a multiple of it. */
  readonly every: number;
  readonly offset: number;
  readonly curve: Curve;
}

/** Seconds between scrapes of each job; `''` is that of all others. */
export type Intervals = Readonly<Record<string, number>>;

/** A number from 0 to 1 that is the same for the same text. */
const share = (text: string): number => createHash('sha1').update(text).digest().readUInt32BE(0) / 2 ** 32;

/** Bounds that OpenTelemetry's conventions advise for durations in seconds, and for tokens (semconv, http-metrics.md and gen-ai-metrics.md). */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const TOKENS = Array.from({ length: 14 }, (_, index) => 4 ** index);

const boundsOf = ({ name, unit }: Metric): readonly number[] =>
  HISTOGRAM_BOUNDS[name] ?? (unit === 'tokens' ? TOKENS : DURATIONS);

/** States that hold for few: a pod that has ended, a container that was restarted. */
const RARE = 0.05;
const isRare = ({ emitter, emitted }: Metric) => emitter === EMITTERS.kubeStateMetrics && emitted !== 'always';

/** All combinations of a metric's own labels: groups of them where their labels belong together, else values of each. */
function rowsOf({ labels }: Metric, groups: readonly Group[]): readonly Labels[] {
  let rows: readonly Labels[] = [{}];
  let left = Object.keys(labels);
  const extend = (more: readonly Labels[]) => {
    rows = rows.flatMap((row) => more.map((one) => ({ ...row, ...one })));
  };
  for (const { covers, rows: more } of [...groups, ...TOGETHER].sort((a, b) => b.covers.length - a.covers.length)) {
    if (!covers.every((label) => left.includes(label))) continue;
    extend(more);
    left = left.filter((label) => !covers.includes(label));
  }
  for (const label of left) extend((VALUES[label] ?? [`${label}-1`]).map((value) => ({ [label]: value })));
  return rows;
}

function curveOf({ type, unit }: Metric, id: string, isFirst: boolean): Curve {
  const seed = Math.floor(share(id) * 1e9);
  // From one in a minute and a half to five a second: few series of a program are busy.
  const size = 5 * 10 ** (-2.7 * share(`${id} size`));
  if (type === 'info') return { kind: 'constant', size: 1, seed, whole: true };
  if (unit === 'boolean') return { kind: 'constant', size: isFirst ? 1 : 0, seed, whole: true };
  if (unit === 'timestamp') return { kind: 'constant', size: 1.76e9 + seed / 1e3, seed, whole: false };
  if (type === 'counter') return { kind: 'counter', size, seed, whole: unit !== 'seconds' };
  if (unit === 'bytes') return { kind: 'gauge', size: size * 1e8, seed, whole: true };
  return { kind: 'gauge', size: size * 10, seed, whole: unit !== 'ratio' && unit !== 'seconds' };
}

/** A series without the labels of its metric and target. */
type Described = readonly [name: string, labels: Labels, curve: Curve];

/** The parts of a histogram. The median of the values is the third bound, and the buckets are cumulative at all times. */
function histogram(metric: Metric, { size, seed }: Curve): readonly Described[] {
  const bounds = boundsOf(metric);
  const middle = bounds[Math.floor(bounds.length / 3)] ?? 1;
  const counter = (part: number, whole = true): Curve => ({ kind: 'counter', size: size * part, seed, whole });
  const le = (bound: number) => (Number.isInteger(bound) ? `${bound}.0` : `${bound}`);
  // The logistic distribution of the logarithm.
  const below = (bound: number) => 1 / (1 + (middle / bound) ** 1.5);
  return [
    ...bounds.map((bound) => [`${metric.name}_bucket`, { le: le(bound) }, counter(below(bound))] as const),
    [`${metric.name}_bucket`, { le: '+Inf' }, counter(1)],
    [`${metric.name}_sum`, {}, counter(middle * 1.5, false)],
    [`${metric.name}_count`, {}, counter(1)],
  ];
}

/** The series of a metric for one combination of its labels. */
function partsOf(metric: Metric, curve: Curve): readonly Described[] {
  if (metric.type === 'histogram') return histogram(metric, curve);
  if (metric.type !== 'summary') return [[metric.name, {}, curve]];
  return seriesOf(metric).flatMap(([name, { part }]): readonly Described[] =>
    part === 'value'
      ? (VALUES.quantile ?? []).map((quantile) => [name, { quantile }, { ...curve, kind: 'gauge' }])
      : [[name, {}, { ...curve, kind: 'counter' }]],
  );
}

function seriesOfEmitter(name: EmitterName, intervals: Intervals): readonly Series[] {
  const shape = SHAPES[name];
  if (shape === undefined) return [];
  const own = METRICS.filter(({ emitter, recorded }) => emitter === EMITTERS[name] && recorded);
  const metrics = own.filter((metric) => shape.only?.includes(metric.name) ?? true);
  return shape.targets.flatMap((target) => {
    const groups = shape.groups?.(target) ?? [];
    return metrics.flatMap((metric) =>
      rowsOf(metric, groups).flatMap((row, index) => {
        const labels = { ...row, ...target };
        const id = `${metric.name} ${JSON.stringify(labels)}`;
        if (isRare(metric) && share(`${id} rare`) > RARE) return [];
        return partsOf(metric, curveOf(metric, id, index % rowsPer(metric) === 0)).map(([part, more, curve]) =>
          described({ __name__: part, ...labels, ...more }, target, intervals, curve),
        );
      }),
    );
  });
}

/** How many states one thing has: only the first of them holds. */
const rowsPer = ({ labels }: Metric): number =>
  ['phase', 'condition', 'reason', 'qos_class', 'status'].reduce(
    (count, label) => count * (label in labels ? (VALUES[label]?.length ?? 1) : 1),
    1,
  );

/** A series with the interval of its job. All series of a target have the same times. */
function described(labels: Labels, target: Labels, intervals: Intervals, curve: Curve): Series {
  // The job of Jan Server's services is renamed after each of them.
  const job = (target.service === undefined ? target.job : 'jan-server') ?? '';
  const every = 1000 * (intervals[job] ?? intervals[''] ?? 15);
  const source = target.collector_instance_id ?? `${target.job} ${target.instance}`;
  const present = Object.entries(labels).filter(([, value]) => value !== '');
  return { labels: present.flat(), every, offset: Math.floor(share(source) * every), curve };
}

/** Targets that Prometheus scrapes: those of the metrics that the Collector exposes for services are its own. */
const scraped = (): readonly Labels[] => [
  ...new Map(
    Object.values(SHAPES)
      .flatMap(({ targets }) => targets)
      .filter((target) => !('collector_instance_id' in target))
      .map((target) => [`${target.job} ${target.instance}`, target] as const),
  ).values(),
];

/** Every series, with those that Prometheus writes about targets and alerts. The rules' own are not among them. */
export function benchSeries(intervals: Intervals, alerts: readonly AlertSeries[]): readonly Series[] {
  const about = METRICS.filter(({ emitter, name }) => emitter === EMITTERS.scrape && !name.startsWith('ALERTS'));
  return [
    ...(Object.keys(SHAPES) as EmitterName[]).flatMap((name) => seriesOfEmitter(name, intervals)),
    ...scraped().flatMap((target) =>
      about.map((metric) =>
        described(
          { __name__: metric.name, ...target },
          target,
          intervals,
          curveOf(metric, `${metric.name} ${JSON.stringify(target)}`, true),
        ),
      ),
    ),
    ...alerts.map(({ labels, value }) =>
      described(labels, {}, intervals, { kind: 'constant', size: value, seed: 0, whole: true }),
    ),
  ];
}
