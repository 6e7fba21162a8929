/** How one comes from metrics to traces in Grafana, and back. */
import { Contract } from '../../stack/expressions';
import { configFile, configFrom, render } from '../support';

interface Datasource {
  readonly uid: string;
  readonly jsonData: {
    readonly exemplarTraceIdDestinations?: readonly { readonly name: string; readonly url: string }[];
    readonly tracesToMetrics?: {
      readonly datasourceUid: string;
      readonly tags: readonly { readonly key: string; readonly value: string }[];
      readonly queries: readonly { readonly query: string }[];
    };
  };
}

const all = configFile<{ datasources: Datasource[] }>(
  render(''),
  'grafana-datasources',
  'datasources.yaml',
).datasources;
const source = (uid: string) => {
  const found = all.find((one) => one.uid === uid);
  if (found === undefined) throw new Error(`no datasource ${uid}`);
  return found.jsonData;
};
/** As Grafana has read the file: two dollar signs are one. */
const read = (text: string) => text.replaceAll('$$', '$');

test('an exemplar leads to its trace, asked of Jaeger in its own form', () => {
  const [destination] = source('prometheus').exemplarTraceIdDestinations ?? [];
  expect(destination?.name).toBe('trace_id');
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const url = new URL(read(destination?.url ?? '').replaceAll('${__value.raw}', traceId), 'http://localhost:3001');
  expect(url.pathname).toBe('/explore');
  expect(url.searchParams.get('schemaVersion')).toBe('1');
  expect(Object.values(JSON.parse(url.searchParams.get('panes') ?? '') as object)).toEqual([
    {
      datasource: 'jaeger',
      // Without a type: a query with the type of another datasource finds nothing.
      queries: [{ refId: 'A', datasource: { type: 'jaeger', uid: 'jaeger' }, query: traceId }],
      range: { from: 'now-1h', to: 'now' },
    },
  ]);
});

test('a span leads to metrics by labels that they have', () => {
  const { datasourceUid, tags = [], queries = [] } = source('jaeger').tracesToMetrics ?? {};
  expect(datasourceUid).toBe('prometheus');
  expect(queries.length).toBeGreaterThan(0);
  const problemsWith = (labels: readonly string[]) => {
    const contract = new Contract(configFrom(''), []);
    const matchers = labels.map((label) => `${label}="x"`).join(', ');
    for (const { query } of queries) contract.checkPanel('trace to metrics', read(query).replace('$__tags', matchers));
    return contract.problems([]);
  };
  expect(problemsWith(tags.map(({ value }) => value))).toEqual([]);
  expect(problemsWith(['service_name_of_nobody'])).not.toEqual([]);
});
