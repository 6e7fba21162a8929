import type { AlertContext, AlertDefinition } from '../../content/alerts/alert';
import { parsePromql } from '../../promql/parse';
import { STACK_ALERTS } from '../../stack/alert-groups';
import { loadEnvironments } from '../../stack/load';
import { configFrom, fixtures, ROOT } from '../support';

const JOBS = ['prometheus', 'otel-collector-internal', 'jaeger', 'grafana', 'alertmanager'];
const contexts: AlertContext[] = [
  ...loadEnvironments(ROOT),
  ...fixtures().map(({ text }) => configFrom(text)),
  configFrom('janServer: null'),
].map((config) => ({ config, jobs: JOBS }));

const alerts = STACK_ALERTS.flatMap((group) => group.alerts);
const named = alerts.map((alert): [string, AlertDefinition] => [alert.name, alert]);
const names = new Set(alerts.map(({ name }) => name));

/** The thresholds that a user may choose, and the default. */
const thresholds = ({ threshold }: AlertDefinition) =>
  threshold === undefined ? [Number.NaN] : [threshold.min, threshold.value, threshold.max];

/** Every rule of an alert, in every environment and at every threshold. */
const rulesOf = (alert: AlertDefinition) =>
  contexts.flatMap((context) => thresholds(alert).flatMap((threshold) => alert.rules(threshold, context)));

const proseOf = ({ runbook }: AlertDefinition) => [
  runbook.meaning,
  runbook.impact,
  ...runbook.mend,
  ...runbook.check.map(({ look }) => look),
];
const commandsOf = ({ runbook }: AlertDefinition) => runbook.check.flatMap(({ command }) => command ?? []);
const queriesOf = ({ runbook }: AlertDefinition) => runbook.check.flatMap(({ promql }) => promql ?? []);

const withoutTemplates = (text: string) => text.replace(/\{\{ (\$value|\$labels\.\w+)( \| \w+)? \}\}/g, '');

describe('the list', () => {
  test('names are in CamelCase, and each is given once', () => {
    expect(names.size).toBe(alerts.length);
    for (const name of names) expect(name).toMatch(/^([A-Z][a-z]+){1,6}$/);
  });

  test('groups have names and titles of their own', () => {
    for (const key of ['name', 'title'] as const) {
      expect(new Set(STACK_ALERTS.map((group) => group[key])).size).toBe(STACK_ALERTS.length);
    }
  });

  test('only the dead-man switch fires whatever the series are', () => {
    const [context] = contexts;
    if (context === undefined) throw new Error('no environment');
    const always = alerts.filter((alert) => alert.test(alert.threshold?.value ?? 0, context).well === null);
    expect(always.map(({ name }) => name)).toEqual(['Watchdog']);
  });
});

describe.each(named)('%s', (name, alert) => {
  test('has a default within its bounds', () => {
    const { threshold } = alert;
    if (threshold === undefined) return;
    expect(threshold.min).toBeLessThan(threshold.max);
    expect(threshold.value).toBeGreaterThanOrEqual(threshold.min);
    expect(threshold.value).toBeLessThanOrEqual(threshold.max);
    expect(threshold.unit).toMatch(/^[a-z]/);
    // What is never in an expression cannot be changed.
    const texts = [threshold.min, threshold.max].map((value) =>
      contexts.flatMap((context) => alert.rules(value, context).map(({ expr }) => expr)),
    );
    expect(texts[0]).not.toEqual(texts[1]);
  });

  test('has rules somewhere, and each is PromQL that does not pass missing data for a zero', () => {
    const rules = rulesOf(alert);
    expect(rules.length).toBeGreaterThan(0);
    for (const { expr } of rules) {
      expect([expr, parsePromql(expr, false).ok]).toEqual([expr, true]);
      expect(expr).not.toMatch(/or\s+vector\(0\)|NaN|undefined|Infinity/);
    }
    expect(alert.for).toMatch(/^\d+[smh]$/);
  });

  test('has templates that name labels of its result', () => {
    for (const { expr, labels = {}, ...texts } of rulesOf(alert)) {
      const by = [...expr.matchAll(/\bby \(([^)]*)\)/g)].map(([, list = '']) => list.split(', '));
      for (const text of [texts.summary, texts.description]) {
        expect(withoutTemplates(text)).not.toMatch(/[{}]/);
        for (const [, label = ''] of text.matchAll(/\$labels\.(\w+)/g)) {
          if (by.length > 0 && !(label in labels)) expect(by.some((list) => list.includes(label))).toBe(true);
        }
      }
      expect(withoutTemplates(texts.summary).length).toBeLessThanOrEqual(80);
      expect(texts.description).toMatch(/\.$/);
    }
  });

  test('has series that differ, of metrics that its rules read', () => {
    for (const context of contexts) {
      for (const threshold of thresholds(alert)) {
        const read = alert.rules(threshold, context).map(({ expr }) => expr);
        const { sick, well } = alert.test(threshold, context);
        expect(sick).not.toEqual(well);
        if (read.length === 0) continue;
        for (const series of Object.keys({ ...sick, ...well })) {
          expect(read.join(' ')).toContain(series.replace(/\{.*$/, ''));
        }
      }
    }
  });

  test('has a runbook in all its parts', () => {
    const { check, mend } = alert.runbook;
    for (const text of proseOf(alert)) expect(text).toMatch(/^\S.*[.?:]$|^\S.*`$/);
    expect(check.length).toBeGreaterThan(0);
    expect(mend.length).toBeGreaterThan(0);
    for (const entry of check) expect([entry.command, entry.promql].filter(Boolean)).toHaveLength(1);
    for (const query of queriesOf(alert)) expect([query, parsePromql(query, false).ok]).toEqual([query, true]);
  });

  test('has commands whose placeholders are labels of the alert, or are explained', () => {
    for (const { look, command = '' } of alert.runbook.check) {
      for (const [placeholder] of command.matchAll(/\b[A-Z]{3,}(_[A-Z]+)?\b/g)) {
        const explained = [look, ...alert.runbook.check.map((entry) => entry.look)].join(' ').includes(placeholder);
        const isLabel = rulesOf(alert).some(({ expr }) => expr.includes(placeholder.toLowerCase()));
        expect({ name, placeholder, known: explained || isLabel || placeholder === 'OTEL_EXPORTER' }).toMatchObject({
          known: true,
        });
      }
    }
  });

  test('refers to alerts that exist', () => {
    const words = [...proseOf(alert), ...commandsOf(alert)].join(' ').match(/\b(?:[A-Z][a-z]+){2,}\b/g) ?? [];
    const areas =
      /^(Alertmanager|Claim|Collector|Grafana|Jaeger|KubeP|KubeC|KubeJ|Node[A-Z]|Prometheus|RemoteWrite|ScrapeL|Target)[A-Z]?/;
    for (const word of words) if (areas.test(word)) expect([...names]).toContain(word);
  });
});

test('commands select pods by the labels that they have', () => {
  const programs = new Set(['opentelemetry-collector', 'grafana', 'prometheus', 'jaeger', 'alertmanager']);
  const selected = alerts
    .flatMap((alert) => [...commandsOf(alert), ...alert.runbook.mend])
    .flatMap((text) => [...text.matchAll(/app\.kubernetes\.io\/name=([-\w]+)/g)].map(([, program]) => program));
  expect(new Set(selected)).toEqual(programs);
});
