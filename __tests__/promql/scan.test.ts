import { scanned } from '../../promql/scan';
import { selectors } from '../../promql/sources';
import { files, PRICES, panelsOf } from '../content/dashboards/dashboard-files';
import { allStacks } from '../support';

const VLLM = 'vllm: {namespace: jan, podLabels: {app: vllm}}\n';
const ofPanels = [`janServer: {}\n${VLLM}${PRICES}`, 'janServer: null'].flatMap((text) =>
  files(text).flatMap(({ file }) =>
    panelsOf(file).flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => expr ?? [])),
  ),
);
const stacks = allStacks().map(({ stack }) => stack);
const ofRules = stacks.flatMap(({ rules }) => rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)));
const ofRunbooks = stacks.flatMap(({ rules, places }) =>
  rules.alerts.flatMap(({ runbook }) => runbook(places).check.flatMap(({ promql }) => promql ?? [])),
);

/** What the parser finds, as the scan gives it: selectors of a name. */
const parsed = (expr: string) =>
  selectors(expr)
    .filter(({ names }) => names.length > 0)
    .map(({ names, matchers }) => ({
      metric: names.join(' or '),
      matchers: matchers.map(({ label, op, value }) => ({ label: label.name, op, value })),
    }));

test('selectors that are found without parsing are those of the parser, in all our expressions', () => {
  expect(Math.min(ofPanels.length, ofRules.length, ofRunbooks.length)).toBeGreaterThan(100);
  const all = [...new Set([...ofPanels, ...ofRules, ...ofRunbooks])];
  expect(all.map((expr) => [expr, scanned(expr)])).toEqual(all.map((expr) => [expr, parsed(expr)]));
});

test.each([
  'sum by (a) (rate(x_total{b="}{ c("}[5m])) / on (a) group_left (d) y',
  'avg without (z) (v offset $__range) > bool 0',
  'label_replace(up, "to", "$1", "from", "(x)") # up',
  'a{"b.c"="d", e =~ \'f"\\n\', g!~`\\h=",{`,i!="j,k=\\"l\\"",}',
  'count({job=~"a{3}"}) + b{}',
])('of %s', (expr) => expect(scanned(expr)).toEqual(parsed(expr)));
