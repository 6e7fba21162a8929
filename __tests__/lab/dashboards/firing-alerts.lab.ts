/**
 * The table of the alerts that fire: promtool evaluates alerts, and the table's queries over them, and Grafana's own library says what is
 * shown of the answers.
 */
import { firing } from '../../../content/dashboards/boards/alerting-firing';
import { renderPanel } from '../../../content/dashboards/render/panel';
import type { Query } from '../../../content/dashboards/spec';
import type { Panel } from '../../content/dashboards/dashboard-files';
import { configFrom } from '../../support';
import { evaluatesTo, type Sample } from './answers';
import { type Frame, shownBy } from './grafana-shows';

/** Series that are there from the start; an alert on one fires at once. Those of the last two begin after ten minutes. */
const SERIES = {
  'broken{alert="PodDown",namespace="jan",pod="llm-0",container="llm",instance="10.0.0.1:80"}': '1x40',
  'broken{alert="NodeFull",node="n1",mountpoint="/",instance="10.0.0.2:9100"}': '1x40',
  'broken{alert="JobDown",job="shop",instance="10.0.0.3:80"}': '1x40',
  'broken{alert="RuleFails",rule_group="/etc/rules/stack.yaml;slo"}': '1x40',
  'broken{alert="ModelFails",gen_ai_provider_name="Jan vLLM",gen_ai_request_model="jan-v1"}': '1x40',
  'broken{alert="Many",namespace="a",pod="b",container="c",reason="d",job="e",service_name="f",node="g"}': '1x40',
  'broken{alert="Late",slo="llm-api-latency",service="llm-api"}': '_x20 1x20',
  'broken{alert="NotAbout"}': '_x20 1x20',
};

const SEVERITIES: Readonly<Record<string, string>> = { PodDown: 'critical', NodeFull: 'critical', NotAbout: 'info' };
const NAMES = [...new Set(Object.keys(SERIES).map((series) => /alert="(\w+)"/.exec(series)?.[1] ?? ''))];
const rule = (alert: string, expr: string, severity: string) => ({ alert, expr, labels: { severity, owner: 'shop' } });
const RULES = [
  rule('Watchdog', 'vector(1)', 'info'),
  { ...rule('NotYet', 'vector(1)', 'critical'), for: '1h' },
  ...NAMES.map((name) => rule(name, `sum without (alert) (broken{alert="${name}"})`, SEVERITIES[name] ?? 'warning')),
];

const table = firing(configFrom('').alerts, { matchers: '' });
const [urgency, since, from] = table.queries;

const ABOUT = {
  PodDown: 'jan, llm-0, llm',
  NodeFull: 'n1, /',
  JobDown: 'shop, 10.0.0.3:80',
  RuleFails: 'slo',
  ModelFails: 'Jan vLLM, jan-v1',
  Late: 'llm-api-latency',
  NotAbout: '',
};
const MANY = 'f;;e;;;;;;;a;;;;;;b;c;;g;;;;;;;d;;';

const rows = (value: (alert: string) => number): Sample[] =>
  Object.entries({ ...ABOUT, Many: MANY }).map(([alertname, about]) => [{ alertname, about }, value(alertname)]);
const holds = (query: Query | undefined, value: (alert: string) => number) =>
  evaluatesTo({ series: SERIES, rules: RULES }, query?.expr, rows(value));

const NUMBERS: Readonly<Record<string, number>> = { critical: 2, warning: 1, info: 0 };
test("each alert that fires has a row, with its urgency and what it is about, and the dead man's switch has none", () =>
  holds(urgency, (alert) => NUMBERS[SEVERITIES[alert] ?? 'warning'] ?? Number.NaN));

const began = (alert: string) => (alert === 'Late' || alert === 'NotAbout' ? 600_000 : 0);
test('since when, in milliseconds', () => holds(since, began));
test('from an hour before', () => holds(from, (alert) => began(alert) - 3_600_000));

test('severities are words on their colours, and the column for links is hidden', () => {
  const place = { x: 0, y: 0, w: 24, h: 9 };
  const context = { dashboard: 'Alerts', to: { targets: new Map(), own: [] }, note: () => undefined };
  const panel = JSON.parse(JSON.stringify(renderPanel(table, place, context).build())) as Panel;
  const answer = (refId: string, ...values: readonly number[]): Frame => ({
    refId,
    fields: [
      { name: 'Time', type: 'time', values: [1, 1, 1] },
      { name: 'alertname', type: 'string', values: ['A', 'B', 'C'] },
      { name: 'about', type: 'string', values: ['a', 'b', ''] },
      { name: `Value #${refId}`, type: 'number', values },
    ],
  });
  const [shown] = shownBy([
    { panel, frames: [answer('A', 2, 1, 0), answer('B', 1e12, 1e12, 1e12), answer('C', 1, 1, 1)] },
  ]);
  const columns = new Map(shown?.frames[0]?.map((column) => [column.heading, column]));
  expect([...columns.keys()]).toEqual(['Alert', 'About', 'Severity', 'Since', 'From']);
  expect(columns.get('Severity')?.texts).toEqual(['critical', 'warning', 'info']);
  expect(new Set(columns.get('Severity')?.colours).size).toBe(3);
  expect(columns.get('Since')?.texts[0]).toMatch(/years ago$/);
  expect(columns.get('From')?.custom).toMatchObject({ hideFrom: { viz: true } });
});
