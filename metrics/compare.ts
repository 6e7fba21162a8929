/** Compares the catalogue with what a running program emits. */
import { labelsOf } from '../promql/catalogue';
import { type Metric, type MetricType, seriesOf } from '../promql/metric';
import type { Emitted, EmittedMetric } from './emitted';
import { isIn } from './versions';

/** The result of a comparison. */
export interface Comparison {
  /** Entries that match the program's metrics. */
  readonly proven: readonly Metric[];
  /** Entries that could not be compared, and why. */
  readonly unproven: readonly { readonly metric: Metric; readonly why: string }[];
  /** Differences from the catalogue, in sentences. */
  readonly failures: readonly string[];
}

/** The types that each type may have in the text of /metrics. Prometheus' older text format has no `info`. */
const WRITTEN_AS: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ['counter', 'unknown'],
  gauge: ['gauge', 'unknown'],
  histogram: ['histogram'],
  'native histogram': ['histogram'],
  summary: ['summary'],
  info: ['info', 'gauge', 'unknown'],
};

/**
 * Compares entries of one emitter with what it emits. A series may have fewer labels than its entry, since an empty label counts as
 * missing; it may not have more.
 * @param version the version that runs; null: unknown, so that only entries for all versions can be compared
 */
export function compare(entries: readonly Metric[], emitted: Emitted, version: string | null): Comparison {
  const proven: Metric[] = [];
  const unproven: { metric: Metric; why: string }[] = [];
  const failures: string[] = [];
  for (const metric of entries) {
    const found = emitted.get(metric.name);
    const why = reasonNotToCompare(metric, found, version);
    if (why !== null) {
      unproven.push({ metric, why });
      continue;
    }
    const problems =
      found === undefined ? ['is not emitted, and the catalogue says always'] : differences(metric, found);
    if (problems.length === 0) proven.push(metric);
    failures.push(...problems.map((problem) => `${metric.emitter.title}: ${metric.name} ${problem}`));
  }
  return { proven, unproven, failures };
}

function reasonNotToCompare(metric: Metric, found: EmittedMetric | undefined, version: string | null): string | null {
  if (version === null && (metric.since !== undefined || metric.until !== undefined)) return 'the version is not known';
  if (version !== null && !isIn(metric, version)) return `the version that runs is ${version}`;
  if (!metric.recorded) return 'nothing records it';
  if (found === undefined && metric.emitted !== 'always') return `not emitted before ${metric.emitted.after}`;
  return null;
}

function differences(metric: Metric, { type, labels }: EmittedMetric): readonly string[] {
  const known = new Set(seriesOf(metric).flatMap(([, series]) => [...labelsOf(series)]));
  const others = [...labels].filter((label) => !known.has(label)).sort();
  return [
    ...(WRITTEN_AS[metric.type].includes(type) ? [] : [`is a ${type}, and the catalogue says ${metric.type}`]),
    ...(others.length === 0 ? [] : [`has labels that the catalogue does not list: ${others.join(', ')}`]),
  ];
}

/**
 * Names and types of the metrics that a version of a program always emits, one on each line, for the files in `metrics/emitted`. Metrics
 * that depend on an event, according to the catalogue, are left out, so that the result is reproducible.
 */
export function snapshotOf(emitted: Emitted, entries: readonly Metric[]): string {
  const dependent = new Set(entries.filter((metric) => metric.emitted !== 'always').map(({ name }) => name));
  const lines = [...emitted].filter(([name]) => !dependent.has(name)).map(([name, { type }]) => `${name} ${type}\n`);
  return lines.sort().join('');
}
