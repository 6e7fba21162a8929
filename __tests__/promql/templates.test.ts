/** What a user writes as text stays text where Prometheus reads a template. `__tests__/lab` asks promtool about the same. */
import fc from 'fast-check';
import { parseTemplate } from '../../promql/templates/parse';
import { asTemplateText } from '../../promql/templates/text';
import { configFile, render } from '../support';

/** A template of texts and of printed braces alone, as Go would print it. */
const printed = (template: string): string => template.replace(/\{\{ "(\{+)" \}\}/g, '$1');

test('any text is a template that prints it, whatever stands around it', () => {
  const text = fc.array(fc.constantFrom('{', '}', '{{', '}}', ' ', '-', 'end', '$x', '"', '`', '/*', 'é'), {
    maxLength: 9,
  });
  const property = fc.property(text, (parts) => {
    const written = asTemplateText(parts.join(''));
    expect(printed(written)).toBe(parts.join(''));
    expect(parseTemplate(`a ${written}{{ $value }} b`)).toMatchObject({ ok: true });
    expect(parseTemplate(`{{ $value }}${written}`)).toMatchObject({ ok: true });
  });
  fc.assert(property, { numRuns: 2000, seed: 20261125 });
});

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly annotations?: Record<string, string> }[] }[];
}

test('braces in what an objective promises, and in the address of the runbooks, are text', () => {
  const objects = render(`
alerts: { runbookUrl: 'https://git.example.com/{{ end }}/' }
slos:
  - name: own
    description: 'all requests {{ end }} {'
    service: llm-api
    objective: 99.5
    indicator: { type: ratio, total: ['traces_span_metrics_calls_total{service_name="llm-api"}'], bad: ['traces_span_metrics_calls_total{service_name="llm-api",status_code="STATUS_CODE_ERROR"}'] }`);
  const { groups } = configFile<Rules>(objects, 'prometheus-rules', 'stack.yaml');
  const texts = groups.flatMap(({ rules }) => rules.flatMap((rule) => Object.values(rule.annotations ?? {})));
  expect(texts.filter((text) => !parseTemplate(text).ok)).toEqual([]);
  expect(texts.map(printed).some((text) => text.startsWith('all requests {{ end }} {. 99.5 %'))).toBe(true);
  expect(texts.map(printed).some((text) => text.startsWith('https://git.example.com/{{ end }}/'))).toBe(true);
});
