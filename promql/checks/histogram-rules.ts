/** Rules about quantiles of histograms. */

import type { Finding } from '../finding';
import { signatureOf } from '../functions';
import type { Analysis } from '../shapes/analysis';
import type { Call, Expr } from '../syntax/ast';
import { descendants } from '../syntax/walk';
import { error, NONE, type Rule } from './rule';

/** Functions for classic and native histograms; the others are for native histograms only. */
const OF_BUCKETS: ReadonlySet<string> = new Set(['histogram_quantile', 'histogram_quantiles', 'histogram_fraction']);

/** `quantile-without-le`, `quantile-of-other-type`, `quantile-of-coarse-buckets` and `quantile-out-of-range`. */
export const histogramRules: Rule = (expr, analysis) => {
  if (expr.kind === 'aggregate' && expr.op === 'quantile') return quantileRange(expr.parameter);
  if (expr.kind !== 'call') return NONE;
  if (expr.fn === 'quantile_over_time') return quantileRange(expr.args[0]);
  if (!expr.fn.startsWith('histogram_')) return NONE;
  const quantiles =
    expr.fn === 'histogram_quantile'
      ? expr.args.slice(0, 1)
      : expr.fn === 'histogram_quantiles'
        ? expr.args.slice(2)
        : [];
  return [...quantiles.flatMap((argument) => quantileRange(argument)), ...ofHistogram(expr, analysis)];
};

function ofHistogram(call: Call, analysis: Analysis): readonly Finding[] {
  const vector = call.args.find((_, index) => signatureOf(call.fn)?.args[index] === 'vector');
  if (vector === undefined) return NONE;
  const { labels, native } = analysis.shape(vector);
  if (labels === undefined || native !== false) return NONE;
  if (!OF_BUCKETS.has(call.fn))
    return error(
      'quantile-of-other-type',
      vector,
      `${call.fn}() knows native histograms only, and this is none`,
      'of a histogram with buckets, take the rate of its _sum or _count',
    );
  if (labels.has('le')) return ofCoarse(call, vector, analysis);
  const lost = descendants(vector).find((part) => loses(part, analysis));
  if (lost?.kind === 'aggregate')
    return error(
      'quantile-without-le',
      lost.opSpan,
      `${call.fn}() reads the buckets by their label le, and ${lost.op}() leaves it out`,
      `${lost.op} by (${[...lost.labels.map(({ name }) => name), 'le'].join(', ')}) (...)`,
    );
  return error(
    'quantile-of-other-type',
    vector,
    `${call.fn}() needs the buckets of a histogram, and these series have no label le`,
    'name the metric that ends in _bucket',
  );
}

/** Buckets that are too wide for the values: a quantile is interpolated inside one of them. */
function ofCoarse(call: Call, vector: Expr, analysis: Analysis): readonly Finding[] {
  const [found] = descendants(vector).flatMap((selector) =>
    selector.kind === 'selector'
      ? (analysis.bare(selector).raw ?? []).flatMap(({ metric: { name, coarse } }) =>
          coarse === undefined ? [] : [{ selector, name, coarse }],
        )
      : [],
  );
  if (found === undefined) return NONE;
  return error(
    'quantile-of-coarse-buckets',
    found.selector,
    `${call.fn}() of ${found.name} means nothing: ${found.coarse}`,
    `the mean: the rate of ${found.name}_sum by the rate of ${found.name}_count`,
  );
}

const loses = (part: Expr, analysis: Analysis): boolean =>
  part.kind === 'aggregate' &&
  (analysis.shape(part.of).labels?.has('le') ?? false) &&
  !analysis.shape(part).labels?.has('le');

function quantileRange(argument: Expr | undefined): readonly Finding[] {
  if (argument?.kind !== 'number' || Number.isNaN(argument.value)) return NONE;
  if (argument.value >= 0 && argument.value <= 1) return NONE;
  return error(
    'quantile-out-of-range',
    argument,
    'a quantile is a number from 0 to 1: beyond, the result is infinite',
    `${argument.value > 1 && argument.value <= 100 ? argument.value / 100 : 0.95}`,
  );
}
