/** What a user writes as text arrives in Grafana as that text, and alert rules without series have no template that fails. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appsOf } from '../../charts';
import { manifestsOf } from '../../charts/checks/manifest';
import { grafanaTemplate } from '../../charts/grafana/alert-template';
import { toIni } from '../../charts/grafana/ini-file';
import { Expansion, provisioningFile } from '../../charts/grafana/values';
import { allStacks, configFile, find, render } from '../support';
import { grafanaReads } from './programs/grafana-reads';

/** Texts that Grafana reads as something else where they stand in its files as they are. */
const HOSTILE = [
  '$__file{/etc/passwd}',
  '$__file{/does/not/exist}',
  '$__env{HOSTILE}',
  '${HOSTILE}',
  '$HOSTILE',
  '$$HOSTILE',
  '$$$HOSTILE$',
  'a$',
  '%(domain)s',
  'a;b',
  'a#b',
  '; a',
  '#a',
  '`a`',
  '`a',
  '"a"',
  "'a'",
  '"""a"""',
  'a"""b',
  '"',
  '""',
  'EXAMPLE\\grafana',
  'a\\',
  'a = b',
  '[a]',
  '{{ $labels.job }}',
  'a\u00a0b',
  '電話 — 1',
  'true',
  '1e3',
];
const ENV = { HOSTILE: 'replaced', POD_IP: '10.0.0.7' };
/** As JSON, which is YAML and has no form of a text but one. */
const quoted = JSON.stringify;

describe('grafana.ini', () => {
  const written = (value: string) => {
    try {
      return toIni({ smtp: { user: value } });
    } catch {
      return null;
    }
  };

  test.each(HOSTILE)('has %j as it is, or refuses it', async (value) => {
    const settings = written(value);
    if (settings === null) expect(value).toMatch(/\{.*\}|%\(.*\)s/);
    else expect((await grafanaReads({ settings }, ENV)).settings.smtp?.user).toBe(value);
  });

  test.each(HOSTILE)('has the SMTP user %j, or the configuration is refused', async (value) => {
    const environment = `grafana: {smtp: {host: mail.example.com, fromAddress: a@b.example, user: ${quoted(value)}}}`;
    if (written(value) === null) expect(() => render(environment)).toThrow(/grafana\.smtp\.user/);
    else {
      const settings = find(render(environment), 'ConfigMap', 'grafana-config').data?.['grafana.ini'] ?? '';
      const sections = (await grafanaReads({ settings: withoutFiles(settings) }, ENV)).settings;
      expect(sections.smtp?.user).toBe(value);
    }
  });

  test('has the content of a file and a variable where we mean it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'grafana-'));
    try {
      writeFileSync(join(folder, 'secret'), 'pa;ss"wo#rd\n');
      const settings = toIni({
        a: { password: Expansion.ofFile(join(folder, 'secret')), address: Expansion.ofVariable('POD_IP', ':9094') },
      });
      expect((await grafanaReads({ settings }, ENV)).settings.a).toEqual({
        password: 'pa;ss"wo#rd',
        address: '10.0.0.7:9094',
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Files of Secrets do not exist here. */
const withoutFiles = (text: string) => text.replace(/\$__file\{\/etc\/grafana\/[^}]*\}|\$__file\{\/run\/[^}]*\}/g, 'x');

describe('provisioning files', () => {
  test('have each text as it is, at each depth', async () => {
    const content = { a: HOSTILE, b: Object.fromEntries(HOSTILE.map((text, index) => [`k${index}`, [{ text }]])) };
    expect((await grafanaReads({ provisioning: [provisioningFile(content)] }, ENV)).provisioning).toEqual([content]);
  });

  test.each(HOSTILE)('have the folder and the contact point %j', async (value) => {
    const rendered = render(
      [
        `grafana: {folder: ${quoted(value)}, contactPoints: [{type: slack, name: ${quoted(value)}, urlSecret: {name: a, key: b}}]}`,
        'alerts: {evaluatedBy: grafana}',
        'alertmanager: {enabled: false}',
      ].join('\n'),
    );
    const text = (name: string, file: string) => find(rendered, 'ConfigMap', name).data?.[file] ?? '';
    const provisioning = [
      withoutFiles(text('grafana-alerting', 'alerting.yaml')),
      text('grafana-dashboards', 'dashboards.yaml'),
      text('grafana-alert-rules-platform', 'alert-rules-platform.yaml'),
    ];
    const files = (await grafanaReads({ provisioning }, ENV)).provisioning;
    expect(files).toMatchObject([
      { contactPoints: [{ name: value }], policies: [{ receiver: value }] },
      { providers: [{ folder: value }] },
      expect.anything(),
    ]);
    const [, , rules] = files as [unknown, unknown, { groups: { folder: string }[] }];
    for (const { folder } of rules.groups) expect(folder.replaceAll('\\/', '/')).toBe(value);
  });

  test.each(allStacks())('of $name are read without an error', async ({ stack }) => {
    const files = manifestsOf(appsOf(stack))
      .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('grafana-'))
      .flatMap(({ data = {} }) => Object.entries(data));
    const provisioning = files.filter(([name]) => name.endsWith('.yaml')).map(([, text]) => withoutFiles(text));
    const settings = files.find(([name]) => name === 'grafana.ini')?.[1] ?? '';
    const { settings: read } = await grafanaReads({ provisioning, settings: withoutFiles(settings) }, ENV);
    expect(provisioning.length).toBeGreaterThan(3);
    expect(read.server?.root_url).toMatch(/^https?:/);
  });
});

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly title: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    }[];
  }[];
}

describe('alert rules', () => {
  const rendered = render('alerts: {evaluatedBy: grafana}\nalertmanager: {enabled: false}');
  const rules = ['platform', 'services']
    .flatMap((owner) => configFile<Rules>(rendered, `grafana-alert-rules-${owner}`, `alert-rules-${owner}.yaml`).groups)
    .flatMap((group) => group.rules);
  const texts = rules.flatMap(({ annotations, labels }) => [...Object.values(annotations), ...Object.values(labels)]);
  const labels = { job: 'a', pod: 'b', namespace: 'c', service_name: 'd' };

  test('without series have no template that fails', async () => {
    const { templates } = await grafanaReads({ templates: texts.map((text) => ({ text })) });
    expect(templates.filter(({ error }) => error !== undefined)).toEqual([]);
    for (const { text } of templates) expect(text).not.toMatch(/no value>|<nil>/);
  });

  test('with series say what Prometheus would say', async () => {
    const { templates } = await grafanaReads({
      templates: texts.map((text) => ({ text, labels, values: { A: 0.5 } })),
    });
    expect(templates.filter(({ error }) => error !== undefined)).toEqual([]);
    for (const { text } of templates) expect(text).not.toMatch(/There is no value/);
    expect(templates.map(({ text }) => text).join('\n')).toMatch(/50%/);
  });

  test.each(HOSTILE.filter((text) => !text.includes('{{')))('have %j in an annotation', async (value) => {
    const text = grafanaTemplate(`${value} of {{ $labels.job }}: {{ $value | humanize }} {{ "$" }}{{ \`$\` }}`);
    const { templates } = await grafanaReads({
      templates: [{ text, labels, values: { A: 2 } }],
      provisioning: [quoted({ text })],
    });
    expect(templates).toEqual([{ text: `${value} of a: 2 $$` }]);
  });
});
