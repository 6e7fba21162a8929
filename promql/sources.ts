/** What an expression reads, and what it returns. */

import type { Catalogue } from './catalogue';
import type { ExpressionContext } from './context';
import { type Emitter, type Metric, RECORDING_RULES } from './metric';
import { parseGrammar, parsePromql } from './parse';
import { Analysis } from './shapes/analysis';
import type { Shape } from './shapes/shape';
import type { Expr, Selector } from './syntax/ast';
import { selectorOf } from './syntax/selectors';
import { descendants } from './syntax/walk';

/** Every name of a metric in an expression, once, in its order; Grafana's variables are allowed. None where it is not PromQL. */
export const metricNames = (expr: string): readonly string[] => [
  ...new Set(selectors(expr).flatMap(({ names }) => names)),
];

/** The selectors of an expression; none where it is not PromQL. */
export function selectors(expr: string): readonly Selector[] {
  const parsed = parseGrammar(expr, true);
  if (!parsed.ok) return [];
  return parsed.nodes
    .filter(({ name }) => name === 'VectorSelector')
    .map((node) => selectorOf(node, parsed.source))
    .filter((selector) => selector.kind === 'selector');
}

/** Whether an emitter is on: by the set, or because it always is. */
const isOn = (emitter: Emitter, on: ReadonlySet<Emitter>): boolean => emitter.switchedOnBy === null || on.has(emitter);

/**
 * The first emitter that is off and without which a selector of the expression has no data. A name with several emitters needs
 * one of them; one that is never recorded has no data in any case. Names that no program emits are a finding of `checkExpression`.
 */
export function missingSource(expr: string, catalogue: Catalogue, on: ReadonlySet<Emitter>): Emitter | undefined {
  for (const { names } of selectors(expr)) {
    const [first] = names.flatMap((name) => catalogue.series(name));
    if (first !== undefined && !names.some((name) => hasSource(name, catalogue, on))) return first.metric.emitter;
  }
  return undefined;
}

/** Whether a program that is on emits a metric, and it is recorded. */
export const hasSource = (name: string, catalogue: Catalogue, on: ReadonlySet<Emitter>): boolean =>
  catalogue.series(name).some(({ metric }) => metric.recorded && isOn(metric.emitter, on));

function shapeOf(expr: string, catalogue: Catalogue): Shape | undefined {
  const analysis = analysisOf(expr, { place: 'panel', catalogue, scrapeInterval: 0 });
  return analysis?.shape(analysis.root);
}

/** The analysis of an expression; undefined where it is not PromQL. */
export function analysisOf(expr: string, context: ExpressionContext): Analysis | undefined {
  const parsed = parsePromql(expr, context.place === 'panel');
  return parsed.ok ? new Analysis(parsed.expr, context, parsed.comments) : undefined;
}

/** Labels that the series of a result may have; `unknown`: they are not known. */
export function outputLabels(expr: string, catalogue: Catalogue): ReadonlySet<string> | 'unknown' {
  const labels = shapeOf(expr, catalogue)?.labels;
  return labels === undefined ? 'unknown' : new Set(labels.keys());
}

/** What a recording rule writes, as an entry of the catalogue; undefined where its labels are not known. */
export function recordedOrUnknown(
  name: string,
  expr: string,
  catalogue: Catalogue,
  labels: Readonly<Record<string, string>> = {},
): Metric | undefined {
  const shape = shapeOf(expr, catalogue);
  if (shape?.labels === undefined) return undefined;
  const kept = [...shape.labels].map(([label, { cardinality }]) => [label, cardinality] as const);
  const added = Object.keys(labels).map((label) => [label, 'fixed'] as const);
  return {
    name,
    type: shape.native === true ? 'native histogram' : 'gauge',
    unit: 'as recorded',
    labels: Object.fromEntries([...kept, ...added]),
    emitter: RECORDING_RULES,
    recorded: true,
    emitted: emittedOf(expr, catalogue),
  };
}

/**
 * What a recording rule writes, as an entry of the catalogue.
 * @param labels labels that the rule adds
 * @throws Error where the expression names what the catalogue does not know, so that its labels are not known
 */
export function recorded(
  name: string,
  expr: string,
  catalogue: Catalogue,
  labels: Readonly<Record<string, string>> = {},
): Metric {
  const metric = recordedOrUnknown(name, expr, catalogue, labels);
  if (metric === undefined)
    throw new Error(`the labels of the recording rule ${name} are not known from its expression: ${expr}`);
  return metric;
}

/** A recorded series is there from the start only if all series that the rule reads are. */
function emittedOf(expr: string, catalogue: Catalogue): Metric['emitted'] {
  for (const { names } of selectors(expr))
    for (const { metric } of names.flatMap((name) => catalogue.series(name)))
      if (metric.emitted !== 'always') return metric.emitted;
  return 'always';
}

/** Whether an expression never has data: it is not PromQL, or no program emits what it reads. */
export function isDead(expr: string, context: ExpressionContext): boolean {
  const analysis = analysisOf(expr, context);
  return analysis === undefined || analysis.shape(analysis.root).empty;
}

/** Whether a constant replaces data that never exists: `or vector(0)` after a name that no program emits. */
export function hidesNothing(expr: string, context: ExpressionContext): boolean {
  const analysis = analysisOf(expr, context);
  if (analysis === undefined) return false;
  const hides = (part: Expr): boolean =>
    part.kind === 'binary' &&
    part.op === 'or' &&
    analysis.shape(part.left).empty &&
    analysis.shape(part.right).constant;
  return descendants(analysis.root).some(hides);
}
