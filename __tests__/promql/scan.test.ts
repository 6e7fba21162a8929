import { selectorTexts } from '../../promql/scan';
import { selectors } from '../../promql/sources';
import { files, PRICES, panelsOf } from '../content/dashboards/dashboard-files';
import { stackFrom } from '../support';

const VLLM = 'vllm: {namespace: jan, podLabels: {app: vllm}}\n';
const ofPanels = [`janServer: {}\n${VLLM}${PRICES}`, 'janServer: null'].flatMap((text) =>
  files(text).flatMap(({ file }) =>
    panelsOf(file).flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => expr ?? [])),
  ),
);
const ofRules = stackFrom('').rules.alerts.flatMap(({ rules }) => rules.map(({ expr }) => expr));

test('selectors that are found without parsing are those of the parser, in all our expressions', () => {
  const all = [...new Set([...ofPanels, ...ofRules])];
  expect(all.length).toBeGreaterThan(500);
  const parsed = all.map((expr) => [expr, selectors(expr).map(({ from, to }) => expr.slice(from, to))]);
  expect(all.map((expr) => [expr, selectorTexts(expr).map(({ text }) => text)])).toEqual(parsed);
});

test.each([
  ['sum by (a) (rate(x_total{b="}{ c("}[5m])) / on (a) group_left (d) y', ['x_total{b="}{ c("}', 'y']],
  ['avg without (z) (v offset $__range) > bool 0', ['v']],
  ['label_replace(up, "to", "$1", "from", "(x)") # up', ['up']],
])('of %s', (expr, expected) => expect(selectorTexts(expr).map(({ text }) => text)).toEqual(expected));
