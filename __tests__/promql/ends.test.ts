import { parser } from '@prometheus-io/lezer-promql';
import { selectorEnds } from '../../promql/ends';
import { withoutVariables } from '../../promql/variables';
import { files, PRICES, panelsOf } from '../content/dashboards/dashboard-files';

const WITH_RANGES: ReadonlySet<string> = new Set(['VectorSelector', 'MatrixSelector', 'SubqueryExpr']);

/** The ends by the parser's tree. */
function parsedEnds(expr: string): readonly number[] {
  const ends: number[] = [];
  parser.parse(withoutVariables(expr).text).iterate({
    enter: ({ name, to }) => {
      if (WITH_RANGES.has(name)) ends.push(to);
      return !WITH_RANGES.has(name);
    },
  });
  return ends;
}

test('the ends are those of the parser, in the queries of all panels', () => {
  const queries = files(`janServer: {}\nvllm: {namespace: jan, podLabels: {app: vllm}}\n${PRICES}`).flatMap(
    ({ file }) => panelsOf(file).flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => expr ?? [])),
  );
  expect(queries.length).toBeGreaterThan(200);
  expect(queries.map((expr) => [expr, selectorEnds(expr)])).toEqual(queries.map((expr) => [expr, parsedEnds(expr)]));
});

test.each([
  'up',
  'sum by (a) (rate(x{b="[c]"}[5m] offset 1h)) / on (a) group_left (d) y',
  'max_over_time((x > y)[1h:5m]) + z',
  'max_over_time(rate(x[5m])[$__range:] offset 1h) - up',
  'max_over_time(up [1h:5m]) or vector(1)',
  'min_over_time(sum by (a) (max_over_time((b)[5m:]))[1h:]) * rate({c="d"}[5m])',
  'vector(1)',
])('of %s', (expr) => expect(selectorEnds(expr)).toEqual(parsedEnds(expr)));
