/** Dashboards of several programs keep their form whichever of them is off: a table is never sorted by a column that was left out. */

import { nodes } from '../../../content/dashboards/boards/nodes';
import { traces } from '../../../content/dashboards/boards/traces';
import { kubernetesWorkloads } from '../../../content/dashboards/boards/workloads';
import { renderDashboard } from '../../../content/dashboards/render/dashboard';
import { select } from '../../../content/dashboards/render/select';
import { sloRecordingRules } from '../../../content/objectives/rules';
import { toJson } from '../../../lib/config-file';
import { EMITTERS } from '../../../metrics/emitters';
import type { Emitter } from '../../../promql/metric';
import { ExpressionChecks } from '../../../stack/expressions';
import { configFrom } from '../../support';
import type { File } from './dashboard-files';
import { layoutProblems, unevenLines } from './look';

const config = configFrom('janServer: {}');
const rules = sloRecordingRules(config);
const { kubelet, cadvisor, collector, jaeger, ...others } = EMITTERS;
/** Programs that are off together, by our settings or since both are external. */
const OFF: readonly (readonly Emitter[])[] = [
  [kubelet, cadvisor],
  [collector, jaeger],
  ...[kubelet, cadvisor, collector, jaeger, ...Object.values(others)].map((one) => [one]),
];

const cases = [kubernetesWorkloads(), nodes(), traces(undefined)].flatMap((dashboard) =>
  OFF.map((off) => ({ dashboard, uid: dashboard.uid, off, names: off.map(({ title }) => title).join(' and ') })),
);

test.each(cases)('$uid without $names', ({ dashboard, off }) => {
  const on = new Set<Emitter>(Object.values(EMITTERS).filter((one) => !off.includes(one)));
  const expressions = new ExpressionChecks(config, rules, on);
  const { dashboard: fed } = select(dashboard, expressions.missing);
  if (fed === undefined) return;
  const file = JSON.parse(toJson(renderDashboard(fed, new Map(), expressions.addPanel))) as File;
  expect([...layoutProblems(file), ...unevenLines(file)]).toEqual([]);
});
