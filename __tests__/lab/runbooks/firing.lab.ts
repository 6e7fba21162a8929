/** What runbook pages ask of Prometheus, and where an alert leads, evaluated by the real Prometheus' rules. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { panelUrlTemplate } from '../../../content/dashboards/panel-url';
import { ownFolder, programPath } from '../../../lab/cache';
import { ask } from '../../../lab/commands';
import { dashboardsIn } from '../../content/dashboards/runbook-pages';
import { stackFrom } from '../../support';

const ALERT = 'TargetDown';
const PANEL = {
  uid: 'nodes',
  panelId: 7,
  panelTitle: 'CPU',
  dashboardTitle: 'Nodes',
  variables: [
    { name: 'node', label: 'instance' },
    { name: 'job', value: 'a b' },
  ],
};

/** Rules whose alerts are pending at first, and fire after five minutes. */
const RULES = [
  {
    alert: ALERT,
    expr: 'up == 0',
    for: '5m',
    labels: { severity: 'critical', owner: 'platform' },
    annotations: { dashboard_url: panelUrlTemplate('https://grafana.example.com/', PANEL) },
  },
];

const INSTANCE = 'a b&c=d';
const LABELS = { instance: INSTANCE, job: 'x', owner: 'platform', severity: 'critical' };

async function judge(test: object): Promise<void> {
  const folder = ownFolder('firing-');
  try {
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups: [{ name: 'g', rules: RULES }] }));
    const input_series = [{ series: `up{job="x",instance="${INSTANCE}"}`, values: '1 1 0x30' }];
    const tests = [{ interval: '1m', input_series, ...test }];
    const content = { rule_files: ['rules.json'], evaluation_interval: '1m', tests };
    writeFileSync(join(folder, 'test.json'), JSON.stringify(content));
    const { code, output } = await ask(programPath('promtool'), ['test', 'rules', join(folder, 'test.json')]);
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const page = dashboardsIn(stackFrom('')).get(`runbook-${ALERT}`)?.file;
const exprOf = (title: string) => page?.panels.find((panel) => panel.title === title)?.targets?.[0]?.expr ?? '';
const labelsOf = (labels: Readonly<Record<string, string>>) =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;
const listed = (alertstate: string) => ({
  labels: labelsOf({ alertname: ALERT, alertstate, ...LABELS }),
  // It is down from the second minute on, in milliseconds.
  value: 120_000,
});

test.each([
  ['nothing is wrong', '1m', [], []],
  ['it is pending', '3m', [], [listed('pending')]],
  ['it fires', '20m', [{ labels: '{}', value: 1 }], [listed('firing')]],
])('when %s, the page says so', async (_, at, count, which) => {
  await judge({
    promql_expr_test: [
      { expr: exprOf('Firing'), eval_time: at, exp_samples: count },
      { expr: exprOf('Which ones, since when'), eval_time: at, exp_samples: which },
    ],
  });
});

test('the address of the panel has the labels of the alert, encoded', async () => {
  const dashboard_url = 'https://grafana.example.com/d/nodes?viewPanel=panel-7&var-job=a%20b&var-node=a+b%26c%3Dd';
  await judge({
    alert_rule_test: [
      {
        eval_time: '20m',
        alertname: ALERT,
        exp_alerts: [{ exp_labels: LABELS, exp_annotations: { dashboard_url } }],
      },
    ],
  });
});
