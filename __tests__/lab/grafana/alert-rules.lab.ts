/** Labels and annotations of Grafana's alert rules, filled in by the library that Grafana fills them in with. */
import { grafanaTemplate } from '../../../charts/grafana/alert-template';
import { configFile, render } from '../../support';
import { grafanaReads } from '../programs/grafana-reads';
import { HOSTILE } from './hostile';

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
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

  test('have templates that work without series', async () => {
    const { templates } = await grafanaReads({ templates: texts.map((text) => ({ text })) });
    expect(templates.filter(({ error }) => error !== undefined)).toEqual([]);
    for (const { text } of templates) expect(text).not.toMatch(/no value>|<nil>/);
  });

  test('have their value in the text, with series', async () => {
    const { templates } = await grafanaReads({
      templates: texts.map((text) => ({ text, labels, values: { A: 0.5 } })),
    });
    expect(templates.filter(({ error }) => error !== undefined)).toEqual([]);
    for (const { text } of templates) expect(text).not.toMatch(/There is no value/);
    expect(templates.map(({ text }) => text).join('\n')).toMatch(/50%/);
  });

  test.each(HOSTILE.filter((text) => !text.includes('{{')))('keep %j in an annotation', async (value) => {
    const text = grafanaTemplate(`${value} of {{ $labels.job }}: {{ $value | humanize }} {{ "$" }}{{ \`$\` }}`);
    const { templates } = await grafanaReads({
      templates: [{ text, labels, values: { A: 2 } }],
      provisioning: [JSON.stringify({ text })],
    });
    expect(templates).toEqual([{ text: `${value} of a: 2 $$` }]);
  });
});
