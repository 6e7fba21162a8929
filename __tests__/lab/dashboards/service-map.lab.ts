/**
 * The service map from samples to picture: the real Prometheus answers its queries, Grafana's own library transforms the answers, and what
 * the node graph needs of the frames is checked: one frame of edges, one of nodes, every end of an edge a node.
 */
import { callTable, serviceMap } from '../../../content/dashboards/boards/service-map';
import { renderPanel } from '../../../content/dashboards/render/panel';
import type { Panel as Spec } from '../../../content/dashboards/spec';
import type { Panel } from '../../content/dashboards/dashboard-files';
import { type Rates, startRecorded } from '../programs/recorded';
import { type Frame, type Shown, shownBy } from './grafana-shows';

const CALLS = 'traces_span_metrics_calls_total';
const BUCKET = 'traces_span_metrics_duration_seconds_bucket';

const labels = (values: Readonly<Record<string, string>>) =>
  `{${Object.entries(values)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;

/** Spans per second: those without a failure, those with one; all of them take about 80 ms. */
const spans = (of: Readonly<Record<string, string>>, ok: number, failed = 0): Rates => ({
  [`${CALLS}${labels({ ...of, status_code: 'STATUS_CODE_UNSET' })}`]: ok,
  ...(failed > 0 && { [`${CALLS}${labels({ ...of, status_code: 'STATUS_CODE_ERROR' })}`]: failed }),
  [`${BUCKET}${labels({ ...of, le: '0.05' })}`]: 0,
  [`${BUCKET}${labels({ ...of, le: '0.1' })}`]: ok + failed,
  [`${BUCKET}${labels({ ...of, le: '+Inf' })}`]: ok + failed,
});
const server = (service_name: string, ok: number, failed = 0) =>
  spans({ service_name, span_name: 'GET', span_kind: 'SPAN_KIND_SERVER', http_route: '/v1/x' }, ok, failed);
const client = (service_name: string, peer_service: string, ok: number, failed = 0) =>
  spans({ service_name, span_name: 'call', span_kind: 'SPAN_KIND_CLIENT', peer_service }, ok, failed);
const RATES: Rates = {
  ...server('llm-api', 1.8, 0.2),
  ...server('media-api', 3),
  ...server('mcp-tools', 0.5),
  ...client('llm-api', 'media-api', 0.9, 0.1),
  ...client('llm-api', 'postgresql', 5),
  ...client('llm-api', '', 3),
  ...client('cron', 'llm-api', 0.002),
  ...client('media-api', 'redis', 0),
  ...client('llm-api', 'openai', 0.75, 0.25),
  // All of its requests were refused, so that none could fail.
  ...spans({ service_name: 'public', span_kind: 'SPAN_KIND_SERVER', http_response_status_code: '404' }, 1),
  ...client('public', 'mistral', 0.2),
};

let prometheus: Awaited<ReturnType<typeof startRecorded>>;
beforeAll(async () => {
  prometheus = await startRecorded(RATES);
});
afterAll(() => prometheus?.stop());

const rendered = (spec: Spec): Panel => {
  const panel = renderPanel(
    spec,
    { x: 0, y: 0, w: 24, h: 14 },
    { dashboard: '', to: { targets: new Map(), own: [] }, note: () => {} },
  );
  return JSON.parse(JSON.stringify(panel.build()));
};

/** Answers of instant queries in the form of Grafana's Prometheus datasource: a frame for each series, or one for all as a table. */
async function framesOf(panel: Panel, service: string): Promise<Frame[]> {
  const answers = await Promise.all(
    panel.targets.map(async ({ refId, expr = '', ...target }): Promise<Frame[]> => {
      const samples = await prometheus.query(expr.replaceAll('$service', service).replaceAll('$__range', '10m'));
      if (samples.length === 0) return [{ refId, fields: [] }];
      if ('format' in target && target.format === 'table') return [tableOf(refId, samples)];
      return samples.map(({ metric, value }) => ({
        refId,
        fields: [
          { name: 'Time', type: 'time', values: [1] },
          { name: 'Value', type: 'number', values: [value], labels: metric },
        ],
      }));
    }),
  );
  return answers.flat();
}

const tableOf = (refId: string, samples: Awaited<ReturnType<typeof prometheus.query>>): Frame => ({
  refId,
  fields: [
    { name: 'Time', type: 'time', values: samples.map(() => 1) },
    ...Object.keys(samples[0]?.metric ?? {}).map((name) => ({
      name,
      type: 'string' as const,
      values: samples.map(({ metric }) => metric[name] ?? ''),
    })),
    { name: `Value #${refId}`, type: 'number', values: samples.map(({ value }) => value) },
  ],
});

type Row = Readonly<Record<string, unknown>>;
type Columns = Shown['frames'][number];
const rowsOf = (columns: Columns): Row[] =>
  (columns[0]?.values ?? []).map((_, row) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[row]])),
  );
const has = (columns: Columns, field: string) => columns.some(({ name }) => name === field);

/** The frames as the node graph takes them: those with an id, of them edges with a source, and the first of each. */
async function graphOf(service: string) {
  const panel = rendered(serviceMap());
  const [shown] = shownBy([{ panel, frames: await framesOf(panel, service) }]);
  const drawn = shown?.frames.filter((columns) => has(columns, 'id')) ?? [];
  const [edges = [], ...moreEdges] = drawn.filter((columns) => has(columns, 'source'));
  const [nodes = [], ...moreNodes] = drawn.filter((columns) => !has(columns, 'source'));
  expect([...moreEdges, ...moreNodes]).toEqual([]);
  return { edges: rowsOf(edges), nodes: rowsOf(nodes), headings: nodes.map(({ heading }) => heading) };
}

const near = (value: number): unknown => expect.closeTo(value, 4);
const byId = (rows: readonly Row[]) => Object.fromEntries(rows.map((row) => [row.id, row]));

describe('with all services', () => {
  test('edges are the calls with a known other side, each once', async () => {
    const { edges } = await graphOf('.*');
    expect(edges).toHaveLength(5);
    expect(byId(edges)).toEqual({
      'llm-api::media-api': expect.objectContaining({
        source: 'llm-api',
        target: 'media-api',
        mainstat: near(1),
        secondarystat: near(10),
        detail__p95: 98,
        highlighted: 1,
      }),
      'llm-api::postgresql': expect.objectContaining({
        mainstat: near(5),
        secondarystat: 0,
        highlighted: 0,
      }),
      'llm-api::openai': expect.objectContaining({
        mainstat: near(1),
        secondarystat: near(25),
        detail__p95: 98,
        highlighted: 1,
      }),
      'cron::llm-api': expect.objectContaining({ source: 'cron', target: 'llm-api', mainstat: near(0.002) }),
      'public::mistral': expect.objectContaining({ mainstat: near(0.2) }),
    });
  });

  test('nodes are the services and all ends of edges, with their own requests where they have server spans', async () => {
    const { nodes, headings } = await graphOf('.*');
    expect(nodes).toHaveLength(8);
    expect(byId(nodes)).toEqual({
      'llm-api': expect.objectContaining({
        title: 'llm-api',
        mainstat: near(2),
        secondarystat: near(10),
        arc__failed: near(0.1),
        arc__ok: near(0.9),
        detail__p95: 98,
        detail__calls: near(7.0),
      }),
      'media-api': expect.objectContaining({ mainstat: near(3), secondarystat: 0, arc__failed: 0, arc__ok: 1 }),
      'mcp-tools': expect.objectContaining({ mainstat: near(0.5), arc__ok: 1 }),
      postgresql: expect.objectContaining({ mainstat: near(5), arc__failed: 0, arc__ok: 1 }),
      openai: expect.objectContaining({ mainstat: near(1), arc__failed: near(0.25), arc__ok: near(0.75) }),
      public: expect.objectContaining({ mainstat: near(1), arc__failed: 0, arc__ok: 0, detail__calls: near(0.2) }),
      mistral: expect.objectContaining({ mainstat: near(0.2), arc__failed: 0, arc__ok: 1 }),
      cron: expect.objectContaining({ arc__failed: 0, arc__ok: 0, detail__calls: near(0.002) }),
    });
    // No requests are known of it: that is not zero.
    expect(byId(nodes).cron?.mainstat ?? null).toBeNull();
    expect(headings).toEqual(expect.arrayContaining(['95th percentile (ms)', 'Calls to others per second', 'failing']));
  });
});

test.each(['.*', 'llm-api', 'media-api', 'postgresql', 'cron', 'mcp-tools', 'llm-api|media-api', 'unknown'])(
  'with %s: ids are unique, every end of an edge is a node, and every node has a whole ring',
  async (service) => {
    const { edges, nodes } = await graphOf(service);
    for (const rows of [edges, nodes]) expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const ids = nodes.map(({ id }) => id);
    expect(edges.flatMap(({ source, target }) => [source, target]).filter((end) => !ids.includes(end))).toEqual([]);
    for (const { arc__failed, arc__ok } of nodes) expect([0, 1]).toContain(Number(arc__failed) + Number(arc__ok));
    for (const { arc__failed } of nodes) expect(arc__failed).toEqual(expect.any(Number));
  },
);

test.each([
  ['llm-api', ['cron::llm-api', 'llm-api::media-api', 'llm-api::openai', 'llm-api::postgresql']],
  ['media-api', ['llm-api::media-api']],
  ['mcp-tools', []],
  ['unknown', []],
])('of %s, its calls and those to it are shown', async (service, ids) => {
  const { edges } = await graphOf(service);
  expect(edges.map(({ id }) => id).sort()).toEqual(ids);
});

test('the table has the same calls', async () => {
  const panel = rendered(callTable());
  const [shown] = shownBy([{ panel, frames: await framesOf(panel, '.*') }]);
  const columns = shown?.frames[0] ?? [];
  expect(columns.map(({ heading }) => heading)).toEqual(['From', 'To', 'Rate', 'Failing', '95 %']);
  // A mean of recorded rates is a little less than one, and is shown as 1.000.
  const rows = (columns[0]?.texts ?? []).map((_, row) => columns.map(({ texts }) => texts[row]?.replace(/\.0+ /, ' ')));
  expect(rows.sort()).toEqual([
    ['cron', 'llm-api', '0.00200 calls/s', '0%', '97.5 ms'],
    ['llm-api', 'media-api', '1 calls/s', '10%', '97.5 ms'],
    ['llm-api', 'openai', '1 calls/s', '25%', '97.5 ms'],
    ['llm-api', 'postgresql', '5 calls/s', '0%', '97.5 ms'],
    ['public', 'mistral', '0.200 calls/s', '0%', '97.5 ms'],
  ]);
});
