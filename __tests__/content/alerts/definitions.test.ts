import type { AlertContext, AlertDefinition } from '../../../content/alerts/alert';
import type { RunbookDraft } from '../../../content/runbooks/runbook';
import { parsePromql } from '../../../promql/parse';
import { ALERT_GROUPS, STACK_ALERTS } from '../../../stack/alert-groups';
import { allStacks, configFrom, stackFrom } from '../../support';

const JOBS = ['prometheus', 'otel-collector-internal', 'jaeger', 'grafana', 'alertmanager'];
const stacks = allStacks();
const contexts: AlertContext[] = [...stacks.map(({ config }) => config), configFrom('janServer: null')].map(
  (config) => ({ config, jobs: JOBS, lasts: '5 minutes' }),
);
const places = [...stacks.map(({ stack }) => stack), stackFrom('janServer: null')].map((stack) => stack.places);

const alerts = STACK_ALERTS.flatMap((group) => group.alerts);
const named = alerts.map((alert): [string, AlertDefinition] => [alert.name, alert]);
const names = new Set(alerts.map(({ name }) => name));

/** The thresholds that a user may choose, and the default. */
const thresholds = ({ threshold }: AlertDefinition) =>
  threshold === undefined ? [Number.NaN] : [threshold.min, threshold.value, threshold.max];

/** Every rule of an alert, in every environment and at every threshold. */
const rulesOf = (alert: AlertDefinition) =>
  contexts.flatMap((context) => thresholds(alert).flatMap((threshold) => alert.rules(threshold, context)));

/** The runbook of an alert in every environment. */
const runbooksOf = (alert: AlertDefinition) =>
  places.map((at) => alert.runbook(at, alert.threshold?.value ?? 0, () => true));
const checksOf = ({ check }: RunbookDraft) => check.filter((entry) => entry !== null);
const proseOf = (runbook: RunbookDraft) => [
  runbook.meaning,
  runbook.impact,
  ...runbook.mend.filter((step) => step !== null),
  ...checksOf(runbook).map(({ look }) => look),
];
const commandsOf = (runbook: RunbookDraft) => checksOf(runbook).flatMap(({ command }) => command ?? []);
const queriesOf = (runbook: RunbookDraft) => checksOf(runbook).flatMap(({ promql }) => promql ?? []);

const withoutTemplates = (text: string) => text.replace(/\{\{ (\$value|\$labels\.\w+)( \| \w+)? \}\}/g, '');

describe('the list', () => {
  test('names are in CamelCase, and each is given once', () => {
    expect(names.size).toBe(alerts.length);
    for (const name of names) expect(name).toMatch(/^([A-Z][a-z]+){1,6}$/);
  });

  test('no name is a part of another: Grafana lists the alerts whose name contains a text', () => {
    const all = ALERT_GROUPS.flatMap((group) => group.alerts.map(({ name }) => name));
    expect(all.filter((name) => all.some((other) => other !== name && other.includes(name)))).toEqual([]);
  });

  test('groups have names and titles of their own', () => {
    for (const key of ['name', 'title'] as const) {
      expect(new Set(STACK_ALERTS.map((group) => group[key])).size).toBe(STACK_ALERTS.length);
    }
  });

  test('only the dead-man switch fires whatever the series are', () => {
    const [context] = contexts;
    if (context === undefined) throw new Error('no environment');
    const always = alerts.filter((alert) => alert.test(alert.threshold?.value ?? 0, context).quiet === null);
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
        const { fires, quiet } = alert.test(threshold, context);
        expect(fires).not.toEqual(quiet);
        if (read.length === 0) continue;
        for (const series of Object.keys({ ...fires, ...quiet })) {
          expect(read.join(' ')).toContain(series.replace(/\{.*$/, ''));
        }
      }
    }
  });

  test('has a runbook in all its parts', () => {
    for (const runbook of runbooksOf(alert)) {
      for (const text of proseOf(runbook)) expect(text).toMatch(/^\S.*[.?:]$|^\S.*`$/);
      for (const entry of checksOf(runbook)) expect([entry.command, entry.promql].filter(Boolean)).toHaveLength(1);
      for (const query of queriesOf(runbook)) expect([query, parsePromql(query, false).ok]).toEqual([query, true]);
    }
  });

  test('has commands whose placeholders are labels of the alert, or are explained', () => {
    for (const runbook of runbooksOf(alert)) {
      const looks = checksOf(runbook)
        .map(({ look }) => look)
        .join(' ');
      for (const [placeholder] of commandsOf(runbook).flatMap((command) => [
        ...command.matchAll(/\b[A-Z]{3,}(_[A-Z]+)?\b(?!=)/g),
      ])) {
        const explained = looks.includes(placeholder);
        const isLabel = rulesOf(alert).some(({ expr }) => expr.includes(placeholder.toLowerCase()));
        expect({ name, placeholder, known: explained || isLabel || placeholder === 'OTEL_EXPORTER' }).toMatchObject({
          known: true,
        });
      }
    }
  });

  test('refers to alerts that exist', () => {
    const words =
      runbooksOf(alert)
        .flatMap((runbook) => [...proseOf(runbook), ...commandsOf(runbook)])
        .join(' ')
        .match(/\b(?:[A-Z][a-z]+){2,}\b/g) ?? [];
    const areas =
      /^(Alertmanager|Claim|Collector|Grafana|Jaeger|KubeP|KubeC|KubeJ|Node[A-Z]|Prometheus|RemoteWrite|ScrapeL|Target)[A-Z]?/;
    for (const word of words) if (areas.test(word)) expect([...names]).toContain(word);
  });
});
