/** Grafana's datasources: their addresses, and the links between metrics and traces. */
import { ExpressionChecks } from '../../../stack/expressions';
import { configFile, configFrom, render } from '../../support';

interface Datasource {
  readonly uid: string;
  readonly jsonData: {
    readonly exemplarTraceIdDestinations?: readonly {
      readonly name: string;
      readonly url: string;
      readonly urlDisplayLabel: string;
    }[];
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

describe('an exemplar', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  /** A URL of its destinations, as Grafana expands it. */
  const urlOf = (text = '') =>
    new URL(
      read(text)
        .replace('${__url_time_range}', 'from=now-1h&to=now')
        .replaceAll('${__value.raw}', traceId)
        .replace('${__data.fields.service_name}', 'llm-api'),
      'http://localhost:3001',
    );
  const destinationsOf = (environment: string) => {
    const { datasources } = configFile<{ datasources: Datasource[] }>(
      render(environment),
      'grafana-datasources',
      'datasources.yaml',
    );
    return datasources.find(({ uid }) => uid === 'prometheus')?.jsonData.exemplarTraceIdDestinations ?? [];
  };

  test.each([
    ['Prometheus', ''],
    ['another store', "prometheus: {query: {url: 'https://store.example.com/prometheus'}}"],
  ])('of %s opens its trace on a dashboard first, which a viewer may open', (_name, environment) => {
    const [first] = destinationsOf(environment);
    expect(first?.name).toBe('trace_id');
    const { pathname, searchParams } = urlOf(first?.url);
    expect(pathname).toBe('/d/trace');
    expect([...searchParams]).toEqual([
      ['from', 'now-1h'],
      ['to', 'now'],
      ['var-traceId', traceId],
      ['var-service', 'llm-api'],
    ]);
  });

  test('links to Explore too, by a Jaeger query for its trace', () => {
    const [first, second] = destinationsOf('');
    expect(second?.name).toBe('trace_id');
    expect(new Set([first?.urlDisplayLabel, second?.urlDisplayLabel]).size).toBe(2);
    const url = urlOf(second?.url);
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

  test('links only to what is rendered', () => {
    const urls = destinationsOf('grafana: {dashboards: {trace: {enabled: false}}}').map(
      ({ url }) => urlOf(url).pathname,
    );
    expect(urls).toEqual(['/explore']);
  });
});

test('a span links to queries with labels that their metrics have', () => {
  const { datasourceUid, tags = [], queries = [] } = source('jaeger').tracesToMetrics ?? {};
  expect(datasourceUid).toBe('prometheus');
  expect(queries.length).toBeGreaterThan(0);
  const problemsWith = (labels: readonly string[]) => {
    const expressions = new ExpressionChecks(configFrom(''), []);
    const matchers = labels.map((label) => `${label}="x"`).join(', ');
    for (const { query } of queries) expressions.addPanel('trace to metrics', read(query).replace('$__tags', matchers));
    return expressions.panelProblems();
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
