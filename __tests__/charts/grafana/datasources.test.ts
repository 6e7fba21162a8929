/** Grafana's datasources: their addresses, and the links between metrics and traces. */
import { ExpressionChecks } from '../../../stack/expressions';
import { configFile, configFrom, render } from '../../support';

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

test('an exemplar links to a Jaeger query for its trace', () => {
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

test('a span links to queries with labels that their metrics have', () => {
  const { datasourceUid, tags = [], queries = [] } = source('jaeger').tracesToMetrics ?? {};
  expect(datasourceUid).toBe('prometheus');
  expect(queries.length).toBeGreaterThan(0);
  const problemsWith = (labels: readonly string[]) => {
    const expressions = new ExpressionChecks(configFrom(''), []);
    const matchers = labels.map((label) => `${label}="x"`).join(', ');
    for (const { query } of queries)
      expressions.checkPanel('trace to metrics', read(query).replace('$__tags', matchers));
    return expressions.problems([]);
  };
  expect(problemsWith(tags.map(({ value }) => value))).toEqual([]);
  expect(problemsWith(['service_name_of_nobody'])).not.toEqual([]);
});

test('the Prometheus datasource asks prometheus.query, with credentials in files', () => {
  interface Source {
    readonly uid: string;
    readonly url: string;
    readonly basicAuthUser?: string;
    readonly jsonData: Readonly<Record<string, unknown>>;
    readonly secureJsonData?: Readonly<Record<string, string>>;
  }
  const source = (query: string) =>
    configFile<{ datasources: Source[] }>(
      render(`prometheus: {query: ${query}}`),
      'grafana-datasources',
      'datasources.yaml',
    ).datasources.find(({ uid }) => uid === 'prometheus');
  expect(source('null')?.url).toBe('http://prometheus:9090');
  const url = "url: 'https://store.example.com/prometheus'";
  expect(source(`{${url}, basicAuth: {username: jan, passwordSecret: {name: s, key: k}}}`)).toMatchObject({
    url: 'https://store.example.com/prometheus',
    basicAuthUser: 'jan',
    secureJsonData: { basicAuthPassword: '$__file{/etc/grafana/secrets/prometheus/k}' },
  });
  const token = source(`{${url}, headers: {X-Scope-OrgID: jan}, bearerTokenSecret: {name: s, key: k}}`);
  expect(token?.jsonData).toMatchObject({ httpHeaderName1: 'X-Scope-OrgID', httpHeaderName2: 'Authorization' });
  expect(token?.secureJsonData).toMatchObject({
    httpHeaderValue1: 'jan',
    httpHeaderValue2: 'Bearer $__file{/etc/grafana/secrets/prometheus/k}',
  });
});

test('links between datasources use uids that are provisioned', () => {
  const { datasources } = configFile(render(''), 'grafana-datasources', 'datasources.yaml') as {
    datasources: { uid: string; isDefault: boolean }[];
  };
  const uids = datasources.map(({ uid }) => uid);
  expect(uids).toEqual(['prometheus', 'jaeger', 'alertmanager']);
  expect(datasources.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  const named = [...JSON.stringify(datasources).matchAll(/"datasourceUid":"([^"]*)"/g)].map(([, uid]) => uid);
  expect(uids).toEqual(expect.arrayContaining(named));
});
