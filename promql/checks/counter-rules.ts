/** Rules about counters and gauges: each has functions of its own. */

import type { Finding } from '../finding';
import { COUNTER_FUNCTIONS, EXISTENCE, GAUGE_FUNCTIONS, SAME_VALUES } from '../functions';
import type { Series } from '../metric';
import type { Analysis } from '../shapes/analysis';
import { counts } from '../shapes/shape';
import type { Call, Expr, Selector } from '../syntax/ast';
import { descendants, unmodified } from '../syntax/walk';
import { error, NONE, type Rule } from './rule';

/** `rate-of-gauge`, `rate-of-aggregate`, `gauge-function-of-counter` and `counter-without-rate`. */
export const counterRules: Rule = (expr, analysis) => {
  if (expr.kind === 'selector') return withoutRate(expr, analysis);
  if (expr.kind !== 'call') return NONE;
  if (COUNTER_FUNCTIONS.has(expr.fn)) return counterFunction(expr, analysis);
  return GAUGE_FUNCTIONS.has(expr.fn) ? gaugeFunction(expr, analysis) : NONE;
};

function counterFunction(call: Call, analysis: Analysis): readonly Finding[] {
  const [first] = call.args;
  const range = first && unmodified(first);
  if (range?.kind !== 'range' && range?.kind !== 'subquery') return NONE;
  const inner = unmodified(range.of);
  const aggregate = range.kind === 'subquery' && descendants(inner).find(({ kind }) => kind === 'aggregate');
  if (aggregate)
    return error(
      'rate-of-aggregate',
      aggregate,
      `${call.fn}() of an aggregation jumps when one program restarts: it takes the fall of the sum for a restart of all`,
      `aggregate what ${call.fn}() yields: sum(rate(...))`,
    );
  const { raw } = analysis.shape(inner);
  if (raw === undefined || raw.length === 0 || raw.some(counts)) return NONE;
  return error(
    'rate-of-gauge',
    inner,
    `${call.fn}() is for counters: it takes each fall for a restart, and ${nameOf(raw)} is a ${raw[0]?.metric.type}`,
    call.fn === 'resets' ? 'changes() counts the changes of a gauge' : 'delta() or deriv() for a gauge',
  );
}

function gaugeFunction(call: Call, analysis: Analysis): readonly Finding[] {
  const [first] = call.args;
  const raw = first && analysis.shape(first).raw;
  if (raw === undefined || raw.length === 0 || !raw.every(counts)) return NONE;
  return error(
    'gauge-function-of-counter',
    call.fnSpan,
    `${call.fn}() is for gauges: it takes the restart of ${nameOf(raw)}, a counter, for a fall`,
    call.fn === 'deriv' || call.fn === 'idelta' ? 'rate(...)' : 'increase(...) or rate(...)',
  );
}

function withoutRate(selector: Selector, analysis: Analysis): readonly Finding[] {
  const { raw } = analysis.shape(selector);
  if (raw === undefined || raw.length === 0 || !raw.every(counts) || raw.some(isTimestamp)) return NONE;
  if (!usesValue(selector, analysis)) return NONE;
  const kind = raw.every(({ part }) => part !== 'value') ? 'counts up' : `is a ${raw[0]?.metric.type}`;
  return error(
    'counter-without-rate',
    selector,
    `${nameOf(raw)} ${kind} from the start of its program, so that its value depends on how long the program has run`,
    'rate(...[5m]) or increase(...[1h])',
  );
}

const isTimestamp = ({ metric }: Series): boolean => metric.unit === 'timestamp';
const nameOf = (raw: readonly Series[]): string => raw[0]?.metric.name ?? 'it';

/** Whether the result depends on the value of a part itself, and not only on its change or existence. */
function usesValue(expr: Expr, analysis: Analysis): boolean {
  const parent = analysis.parent(expr);
  switch (parent?.kind) {
    case 'range':
    case 'subquery':
    case 'modified':
    case 'unary':
      return usesValue(parent, analysis);
    case 'call':
      if (COUNTER_FUNCTIONS.has(parent.fn) || GAUGE_FUNCTIONS.has(parent.fn) || EXISTENCE.has(parent.fn)) return false;
      return SAME_VALUES.has(parent.fn) ? usesValue(parent, analysis) : true;
    case 'aggregate':
      return !EXISTENCE.has(parent.op) && usesValue(parent, analysis);
    case 'binary':
      if (parent.op === 'or') return usesValue(parent, analysis);
      if (parent.op !== 'and' && parent.op !== 'unless') return true;
      return parent.left === expr && usesValue(parent, analysis);
    default:
      return true;
  }
}
