/** PromQL's functions and operators, as `promql/parser/functions.go` of Prometheus 3.16 lists them. */

/** The type of a value. */
export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string';

/** Types of a function's arguments and result. */
export interface Signature {
  readonly args: readonly ValueType[];
  /** How many of the last argument may be left out, or with `more` be repeated. */
  readonly optional: number;
  readonly more: boolean;
  readonly returns: ValueType;
}

const signature = (args: string, returns: ValueType = 'vector', optional = 0, more = false): Signature => ({
  args: args === '' ? [] : (args.split(' ') as ValueType[]),
  optional,
  more,
  returns,
});

const same = (names: string, value: Signature): [string, Signature][] => names.split(' ').map((name) => [name, value]);

const SIGNATURES: ReadonlyMap<string, Signature> = new Map([
  ...same(
    'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar ln log10 log2 rad sgn sin sinh sort sort_desc sqrt start_timestamp tan tanh timestamp',
    signature('vector'),
  ),
  ...same(
    'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
    signature('matrix'),
  ),
  ...same(
    'days_in_month day_of_month day_of_week day_of_year hour minute month year',
    signature('vector', 'vector', 1),
  ),
  ...same('end pi range start step time', signature('', 'scalar')),
  ...same('max_of min_of', signature('scalar scalar', 'scalar')),
  ...same('clamp_max clamp_min', signature('vector scalar')),
  ...same('sort_by_label sort_by_label_desc', signature('vector string', 'vector', 1, true)),
  ['clamp', signature('vector scalar scalar')],
  ['double_exponential_smoothing', signature('matrix scalar scalar')],
  ['histogram_fraction', signature('scalar scalar vector')],
  ['histogram_quantile', signature('scalar vector')],
  ['histogram_quantiles', signature('vector string scalar scalar', 'vector', 1, true)],
  ['info', signature('vector vector', 'vector', 1)],
  ['label_join', signature('vector string string string', 'vector', 1, true)],
  ['label_replace', signature('vector string string string string')],
  ['predict_linear', signature('matrix scalar')],
  ['quantile_over_time', signature('scalar matrix')],
  ['round', signature('vector scalar', 'vector', 1)],
  ['scalar', signature('vector', 'scalar')],
  ['vector', signature('scalar')],
]);

/** What a function takes; undefined: it is newer than this list. */
export const signatureOf = (name: string): Signature | undefined => SIGNATURES.get(name);

/** Functions for counters: of another type they give wrong numbers. */
export const COUNTER_FUNCTIONS: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'resets']);
/** Functions for gauges: they would take the restart of a counter for a fall. */
export const GAUGE_FUNCTIONS: ReadonlySet<string> = new Set([
  'delta',
  'idelta',
  'deriv',
  'predict_linear',
  'double_exponential_smoothing',
]);
/** Functions and operators about the existence or time of samples, not their value: a counter is allowed in them. */
export const EXISTENCE: ReadonlySet<string> = new Set([
  'absent',
  'absent_over_time',
  'changes',
  'count',
  'count_over_time',
  'count_values',
  'group',
  'present_over_time',
  'start_timestamp',
  'timestamp',
  'ts_of_first_over_time',
  'ts_of_last_over_time',
]);
/** Functions that return the samples of their first argument unchanged. */
export const SAME_VALUES: ReadonlySet<string> = new Set([
  'first_over_time',
  'info',
  'label_join',
  'label_replace',
  'last_over_time',
  'sort',
  'sort_by_label',
  'sort_by_label_desc',
  'sort_desc',
]);
/** Aggregations that select some series and leave them unchanged. */
export const CHOOSING: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);
/** Aggregations with a parameter before the vector. */
export const PARAMETRIC: ReadonlySet<string> = new Set([...CHOOSING, 'quantile', 'count_values']);

export const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);
export const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/** Functions and aggregations that Prometheus 3.16 refuses without `--enable-feature=promql-experimental-functions`. */
export const EXPERIMENTAL: ReadonlySet<string> = new Set([
  'double_exponential_smoothing',
  'end',
  'histogram_quantiles',
  'info',
  'limit_ratio',
  'limitk',
  'mad_over_time',
  'max_of',
  'min_of',
  'range',
  'sort_by_label',
  'sort_by_label_desc',
  'start',
  'start_timestamp',
  'step',
  'ts_of_first_over_time',
  'ts_of_last_over_time',
  'ts_of_max_over_time',
  'ts_of_min_over_time',
]);
