/** What a user writes as text arrives in Grafana as that text. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Expansion, provisioningFile } from '../../../charts/common/grafana-values';
import { toIni } from '../../../charts/grafana/ini-file';
import { appsOf } from '../../../stack/apps';
import { manifestsOf } from '../../../stack/checks/manifest';
import { allStacks, find, render } from '../../support';
import { grafanaReads } from '../programs/grafana-reads';
import { HOSTILE } from './hostile';

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

  test.each(HOSTILE)('keeps %j as it is, or refuses it', async (value) => {
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
  test('keep each text as it is, at each depth', async () => {
    const content = { a: HOSTILE, b: Object.fromEntries(HOSTILE.map((text, index) => [`k${index}`, [{ text }]])) };
    expect((await grafanaReads({ provisioning: [provisioningFile(content)] }, ENV)).provisioning).toEqual([content]);
  });

  test.each(HOSTILE)('keep the folder and the contact point %j', async (value) => {
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
      { providers: [{ folder: value }, { folder: `${value} runbooks` }] },
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
