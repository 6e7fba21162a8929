/** Drop-downs: one with a single value is never empty, because some queries fail without a value. */
import { oneLabelValue } from '../../../content/dashboards/render/variable-query';
import { files } from './dashboard-files';

interface Variable {
  readonly type: string;
  readonly name: string;
  readonly multi?: boolean;
  readonly regex?: string;
  readonly query: { readonly query: string };
}
const variables = files('').flatMap(({ file }) => file.templating.list as unknown as readonly Variable[]);

/** The entries that Grafana makes of results, by the first group of the expression (scenes, metricNamesToVariableValues). */
const entries = ({ regex = '' }: Pick<Variable, 'regex'>, results: readonly string[]) => {
  const [, pattern = ''] = /^\/(.*)\/$/.exec(regex) ?? [];
  return results.flatMap((text) => new RegExp(pattern).exec(text)?.[1] ?? []);
};

test('a drop-down with one value has an entry while there is no series', () => {
  const single = variables.filter(({ type, multi }) => type === 'query' && multi === false);
  expect(single.length).toBeGreaterThan(2);
  for (const variable of single) {
    expect(variable.query.query).toMatch(
      /^query_result\(.* or label_replace\(absent\(.*\), "\w+", "none", "", ""\)\)$/,
    );
    const [, label = ''] = /label_replace\(.*, "(\w+)", "none"/.exec(variable.query.query) ?? [];
    const results = [`{${label}="llm-api"} 1 1700000000000`, '{} 1 1700000000000', `{${label}="none"} 1 1700000000000`];
    expect(entries(variable, results)).toEqual(['llm-api', 'none']);
  }
});

test('only series with the label count, whether their selector has matchers or not', () => {
  expect(oneLabelValue('a', 'l').query).toContain('(a{l!=""})');
  expect(oneLabelValue('a{b="c"}', 'l').query).toContain('(a{b="c",l!=""})');
});
