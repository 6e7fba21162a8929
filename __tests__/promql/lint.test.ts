import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS } from '../../metrics/catalogue/index';
import { Catalogue } from '../../promql/catalogue';
import { type LintedFile, type LintItem, lintFiles } from '../../promql/lint/file';
import { findingsReport, hasErrors } from '../../promql/lint/report';
import { totals } from '../../promql/lint/totals';
import { ROOT } from '../support';

const FOLDER = join(__dirname, 'fixtures');
const CONTEXT = { catalogue: new Catalogue(METRICS), scrapeInterval: 15, thirdParty: true };

const lint = (...names: string[]): readonly LintedFile[] =>
  lintFiles(
    names.map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') })),
    CONTEXT,
  );
const itemsOf = (files: readonly LintedFile[]): readonly LintItem[] =>
  files.flatMap((linted) => ('items' in linted ? linted.items : []));
const verdicts = (files: readonly LintedFile[]) => itemsOf(files).map(({ name, verdict }) => [name, verdict]);
const rulesOf = (item: LintItem | undefined) => item?.findings.map(({ finding }) => finding.rule);

describe('alerts of others', () => {
  const files = lint('bookshop-alerts.yaml');

  test('those that can never fire, that are wrong, that depend on something, and that are sound', () =>
    expect(verdicts(files)).toEqual([
      ['BookshopSlow', 'dead'],
      ['BookshopToolErrors', 'dead'],
      ['BookshopProviderIll', 'dead'],
      ['BookshopTokensInStreams', 'dead'],
      ['BookshopErrorsOfEachSeries', 'wrong'],
      ['BookshopFull', 'depends'],
      ['BookshopSpansRefused', 'depends'],
      ['BookshopCollectorGone', 'sound'],
      ['BookshopGone', 'sound'],
    ]));

  test('the sound ones are without any word', () => {
    for (const name of ['BookshopCollectorGone', 'BookshopGone'])
      expect(rulesOf(itemsOf(files).find((item) => item.name === name))).toEqual([]);
  });

  test('totals with names, and what is depended on', () =>
    expect(totals(files)).toBe(
      [
        'alerts: 9, can never fire: 4, wrong: 1, depend: 2, sound: 2',
        '  can never fire: BookshopSlow, BookshopToolErrors, BookshopProviderIll, BookshopTokensInStreams',
        '  wrong: BookshopErrorsOfEachSeries',
        '  BookshopFull depends on cAdvisor, on by kubelet.enabled',
        '  BookshopSpansRefused depends on the version and the settings: it is otelcol_receiver_refused_spans_total, unless service.telemetry.metrics of the Collector sets without_type_suffix: true, the default of a configured reader since 0.152',
        '  sound: BookshopCollectorGone, BookshopGone',
      ].join('\n'),
    ));

  test('a finding tells file, rule, spot and nearest name', () =>
    expect(findingsReport(files)).toContain(
      [
        'bookshop-alerts.yaml',
        'alert "BookshopToolErrors", groups[0].rules[1]',
        '  error',
        '    rate(mcp_requests_total{status=~"5.."}[5m]) / rate(mcp_requests_total[5m]) > 0.2',
        '         ^^^^^^^^^^^^^^^^^^',
        '    unknown-metric: no program in the catalogue emits mcp_requests_total',
        '    fix: did you mean jan_mcp_requests_total?',
      ].join('\n'),
    ));
});

test('rules of prometheus-operator: what is recorded from nothing makes an alert that cannot fire', () =>
  expect(verdicts(lint('bookshop-operator.yaml'))).toEqual([
    ['job:bookshop_up:min', 'sound'],
    ['job:bookshop_orders:rate5m', 'dead'],
    ['BookshopClosed', 'sound'],
    ['BookshopWithoutOrders', 'dead'],
  ]));

describe('a dashboard of others', () => {
  const files = lint('bookshop-dashboard.json');
  const rules = Object.fromEntries(itemsOf(files).map((item) => [item.name, rulesOf(item)]));

  test('labels that do not exist, constants for data that is missing, variables and annotations', () => {
    expect(rules).toMatchObject({
      'Duration by model': expect.arrayContaining(['unknown-label']),
      Streams: expect.arrayContaining(['unknown-label']),
      Orders: expect.arrayContaining(['unknown-metric', 'or-vector', 'fixed-range']),
      Requests: expect.arrayContaining(['or-vector']),
      'annotation Reloads': ['unknown-metric'],
      'variable shelf': expect.arrayContaining(['unknown-label']),
      'variable job': [],
    });
  });

  test('other datasources are left alone', () => {
    expect(rules).not.toHaveProperty('Logs');
    expect(rules).not.toHaveProperty('variable log');
  });

  test('paths in nested and old rows', () =>
    expect(itemsOf(files).map(({ path }) => path)).toEqual([
      'panels[1].targets[0].expr',
      'panels[2].targets[0].expr',
      'panels[3].panels[0].targets[0].expr',
      'panels[3].panels[1].targets[0].expr',
      'panels[3].panels[3].targets[0].expr',
      'panels[3].panels[3].targets[1].expr',
      'rows[0].panels[0].targets[0].expr',
      'annotations.list[1].expr',
      'templating.list[0].query',
      'templating.list[1].query',
    ]));

  test('totals of panels and queries', () =>
    expect(totals(files).split('\n').slice(0, 2)).toEqual([
      'panels: 6, dead: 1, show a constant only: 1, show a constant where data is missing: 1, wrong: 1, depend: 1, sound: 1',
      'queries: 10, dead: 2, show a constant only: 1, show a constant where data is missing: 1, wrong: 2, depend: 1, sound: 3',
    ]));
});

test.each([
  ['text', 'just words', 'neither rules nor a dashboard'],
  ['broken YAML', 'groups: [', 'neither YAML nor JSON'],
  ['nothing', '', 'an empty file'],
  ['another object', 'kind: Pod', 'neither rules (groups) nor a dashboard (panels)'],
  ['groups that are none', 'groups: {a: 1}', 'not a list of rule groups'],
  ['schema version 2', '{"kind": "Dashboard", "spec": {"elements": {}}}', 'schema version 2'],
])('%s is told to be unreadable', (_what, text, why) => {
  const files = lintFiles([{ file: 'a', text }], CONTEXT);
  expect(findingsReport(files)).toContain(why);
  expect(hasErrors(files)).toBe(true);
});

test('what Prometheus refuses in the form of a file is an error, and the rest is judged all the same', () => {
  const text =
    'groups: [{name: a, rules: [{alert: A, expr: up == 0, for: later, labels: {tier: 2}}, {record: x, expr: 1}]}]';
  const files = lintFiles([{ file: 'own.yaml', text }], CONTEXT);
  expect(findingsReport(files)).toContain('groups[0].rules[0].for: how long it must last: a duration');
  expect(hasErrors(files)).toBe(true);
  expect(itemsOf(files).map(({ name }) => name)).toEqual(['A', 'x']);
  expect(hasErrors(lintFiles([{ file: 'own.yaml', text: text.replace('later', '0') }], CONTEXT))).toBe(false);
});

describe('the command', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['scripts/app.js', 'scripts/lint-promql.ts', ...args], { cwd: ROOT, encoding: 'utf8' });

  test('ends with 1 where there are errors, and prints totals last', () => {
    const { status, stdout } = run(join(FOLDER, 'bookshop-alerts.yaml'));
    expect(status).toBe(1);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('  sound: BookshopCollectorGone, BookshopGone');
  });

  test('ends with 2 and the usage where no file is named', () => {
    const { status, stderr } = run();
    expect(status).toBe(2);
    expect(stderr).toContain('usage: npm run lint:promql');
  });
});
