/** The table of the alerts that fire, asked of the real Prometheus' rule engine: promtool evaluates alerts, and the table's queries over them. */
import { firing } from '../../../content/dashboards/boards/alerting-firing';
import type { Query } from '../../../content/dashboards/spec';
import { configFrom } from '../../support';
import { evaluatesTo, type Sample } from './evaluated';

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

const [urgency, since, from] = firing(configFrom('').alerts, { matchers: '' }).queries;

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
