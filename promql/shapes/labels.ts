/** Which labels the series of an expression have. */

import { type Cardinality, RECORDING_RULES, type Series } from '../metric';
import type { Matcher } from '../syntax/ast';
import { demandsValue, hasVariable } from '../syntax/matchers';

/** What is known of a label of a vector. */
export interface LabelFact {
  readonly cardinality: Cardinality;
  /** Whether each series has it: some series lack some target labels. */
  readonly sure: boolean;
  /** Whether it is the metric's own; otherwise it comes from the target. */
  readonly own: boolean;
  /** The one value that a matcher allows. */
  readonly value?: string;
}

/** Labels by name. */
export type Labels = ReadonlyMap<string, LabelFact>;

/** These have the labels of whichever alert they are about. */
const ALERTS: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/**
 * Labels that targets usually have where the scrape configuration is not known: those of prometheus-operator's monitors
 * (https://prometheus-operator.dev/docs/api-reference/api/), and the external labels that most have.
 */
const USUAL_TARGET_LABELS = [
  'job',
  'instance',
  'namespace',
  'service',
  'pod',
  'container',
  'endpoint',
  'node',
  'cluster',
  'region',
  'zone',
  'env',
  'environment',
  'metrics_path',
  'prometheus',
  'replica',
] as const;

/** Labels that were found before, of third parties and of others: many selectors read the same series. */
const found = {
  true: new WeakMap<Series, { labels: Labels | undefined }>(),
  false: new WeakMap<Series, { labels: Labels | undefined }>(),
};

/**
 * Labels of one series by its catalogue entry.
 * @param thirdParty whether the scrape configuration, and with it the target labels, is not known
 * @returns undefined where they are not known
 */
export function seriesLabels(series: Series, thirdParty: boolean): Labels | undefined {
  const known = found[`${thirdParty}`].get(series) ?? { labels: labelsOf(series, thirdParty) };
  found[`${thirdParty}`].set(series, known);
  return known.labels;
}

function labelsOf({ metric, part }: Series, thirdParty: boolean): Labels | undefined {
  const { targetLabels, hasMixedTargets = false } = metric.emitter;
  // The labels of a recording rule without data are not known.
  if (metric.emitter === RECORDING_RULES && !metric.recorded) return undefined;
  if (ALERTS.has(metric.name) || (thirdParty && hasMixedTargets)) return undefined;
  const labels = new Map<string, LabelFact>();
  const sureTargets = hasMixedTargets ? ['job', 'instance'] : undefined;
  for (const [name, cardinality] of Object.entries(targetLabels))
    labels.set(name, { cardinality, sure: !thirdParty && (sureTargets?.includes(name) ?? true), own: false });
  if (thirdParty)
    for (const name of USUAL_TARGET_LABELS) labels.set(name, { cardinality: 'bounded', sure: false, own: false });
  for (const [name, cardinality] of Object.entries(metric.labels))
    labels.set(name, { cardinality, sure: true, own: true });
  if (part === 'bucket') labels.set('le', { cardinality: 'fixed', sure: true, own: true });
  if (metric.type === 'summary' && part === 'value')
    labels.set('quantile', { cardinality: 'fixed', sure: true, own: true });
  return labels;
}

/** Labels of a vector that has the series of both: those that are not on both are sure on none. */
export function union(a: Labels | undefined, b: Labels | undefined): Labels | undefined {
  if (a === undefined || b === undefined) return undefined;
  const names = new Set([...a.keys(), ...b.keys()]);
  return new Map([...names].map((name) => [name, either(a.get(name), b.get(name))]));
}

function either(a: LabelFact | undefined, b: LabelFact | undefined): LabelFact {
  if (a === undefined || b === undefined) {
    const { value: _, ...only } = a ?? b ?? { cardinality: 'bounded', own: false };
    return { ...only, sure: false };
  }
  const order = ['fixed', 'bounded', 'open'] as const;
  return {
    cardinality: order.indexOf(a.cardinality) > order.indexOf(b.cardinality) ? a.cardinality : b.cardinality,
    sure: a.sure && b.sure,
    own: a.own || b.own,
    ...(a.value !== undefined && a.value === b.value ? { value: a.value } : {}),
  };
}

/** Labels of the series that matchers leave. */
export function matched(labels: Labels, matchers: readonly Matcher[]): Labels {
  const result = new Map(labels);
  for (const { label, op, value } of matchers) {
    const fact = result.get(label.name);
    if (fact === undefined || hasVariable(value)) continue;
    if (op === '=' && value === '') result.delete(label.name);
    else if (op === '=') result.set(label.name, { ...fact, sure: true, value });
    else if (demandsValue({ op, value })) result.set(label.name, { ...fact, sure: true });
  }
  return result;
}

export const only = (labels: Labels, names: ReadonlySet<string>): Labels =>
  new Map([...labels].filter(([name]) => names.has(name)));
export const except = (labels: Labels, names: ReadonlySet<string>): Labels =>
  new Map([...labels].filter(([name]) => !names.has(name)));
