import { dashboardsOf, datasourcesOf, queriesOf } from '../../../lab/conformance/dashboards';
import { readManifests } from '../../../lab/conformance/manifests';
import { runningImage } from '../../../lab/conformance/pods';
import type { Dashboard } from '../../../lab/conformance/schemas/grafana';
import { until } from '../../cluster/cluster';
import { runPod, startPod } from '../pods';
import { JAN, NAMESPACE, note, render } from '../stack';
import { PROJECT } from './first-up';
import { byReason, reasonFor } from './without-data';

interface Answer {
  readonly status: number;
  readonly body: { readonly data?: { readonly result?: readonly unknown[] } | readonly unknown[] };
}

/** The examples that the first description of the system gave its users. */
const EXAMPLES = [
  'rate(http_requests_total[5m])',
  'rate(http_requests_total{status=~"5.."}[5m])',
  'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m]))',
];

/** A chat completion, as a gateway that does not cut its path asks for it: other steps count the route without the prefix. */
const ROUTE = '/llm/v1/chat/completions';

/** Values of a dashboard's variables: a service that the test sends from, all of the rest, and no text in fields. */
const valuesOf = ({ templating }: Dashboard): Readonly<Record<string, string>> => ({
  ...Object.fromEntries((templating?.list ?? []).map(({ name, type }) => [name, type === 'query' ? '.*' : ''])),
  service: 'llm-api',
});

function hasData(answer: Answer | undefined): boolean {
  const { result = [] } = (answer?.body.data ?? {}) as { result?: readonly unknown[] };
  return answer?.status === 200 && result.length > 0;
}

/** Linux takes no environment variable of 128 KiB or more (MAX_ARG_STRLEN, execve(2)). */
const BATCH_BYTES = 100_000;

/** Requests in their order, as many as one pod can be given. */
function batchesOf(requests: readonly object[]): readonly object[][] {
  const batches: object[][] = [];
  let left = 0;
  for (const request of requests) {
    const bytes = Buffer.byteLength(JSON.stringify(request)) + 1;
    if (bytes > left) {
      batches.push([]);
      left = BATCH_BYTES;
    }
    batches.at(-1)?.push(request);
    left -= bytes;
  }
  return batches;
}

/** Asked from inside the cluster, at the addresses that the datasources name. */
export function queries(): void {
  const set = readManifests(render(PROJECT));
  const datasources = datasourcesOf(set);
  const dashboards = [...dashboardsOf(set).values()];
  const asked = dashboards.flatMap((dashboard) => queriesOf(dashboard, valuesOf(dashboard)));
  const all = [
    ...asked.flatMap(({ place, uid, expr }) => (expr === undefined ? [] : [{ place, uid, expr }])),
    ...EXAMPLES.map((expr) => ({ place: 'an example', uid: 'prometheus', expr })),
  ];
  // Dashboards share queries: each is asked once.
  const keyOf = ({ uid, expr }: (typeof all)[number]) => `${uid} ${expr}`;
  const firsts = new Map<string, (typeof all)[number]>();
  for (const one of all) if (!firsts.has(keyOf(one))) firsts.set(keyOf(one), one);
  const byExpression = [...firsts.values()];
  const ofType = (type: string) => asked.filter(({ target }) => target.queryType === type);
  const searches = ofType('search');
  const graphs = ofType('dependencyGraph');
  const traces = asked.filter(({ target }) => target.queryType === undefined && 'query' in target);
  const urlOf = (uid: string | undefined) => datasources.get(uid ?? '')?.url ?? '';
  const ask = async (name: string, requests: readonly object[]): Promise<readonly Answer[]> => {
    const answers: Answer[] = [];
    for (const batch of batchesOf(requests)) {
      const env = { REQUESTS: JSON.stringify(batch) };
      // It goes where Grafana may go, in a network that enforces policies.
      const labels = runningImage(set, 'grafana')[0]?.pod.labels;
      answers.push(...(await runPod<readonly Answer[]>({ name, namespace: NAMESPACE, program: 'ask', labels, env })));
    }
    return answers;
  };

  test('services are under load, without which rates have no data', () => {
    const env = {
      ENDPOINT: `http://otel-collector.${NAMESPACE}:4318`,
      RUN: 'queries',
      COUNT: '600',
      SECONDS: '300',
      ROUTE,
    };
    startPod({ name: 'e2e-queries', namespace: JAN, program: 'sender', env });
  });

  test('Prometheus answers each query with data', async () => {
    const requests = byExpression.map(({ uid, expr }) => ({
      url: `${urlOf(uid)}/api/v1/query`,
      form: { query: expr },
    }));
    // A rate is there after the second scrape, and what is recorded of it after that.
    let unanswered: readonly (typeof byExpression)[number][] = byExpression;
    const areAnswered = async () => {
      // Reads of traces have a rate only while there are reads.
      await ask('e2e-reads', [{ url: `${urlOf('jaeger')}/api/traces?service=llm-api&limit=1&lookback=1h` }]);
      const answers = await ask('e2e-metrics', requests);
      expect(answers.flatMap(({ status }, index) => (status === 200 ? [] : [byExpression[index]]))).toEqual([]);
      unanswered = byExpression.filter((_query, index) => !hasData(answers[index]));
      return unanswered.every((query) => reasonFor(query) !== undefined);
    };
    const unexplained = () => unanswered.filter((query) => reasonFor(query) === undefined);
    await until(areAnswered, () => `data of ${JSON.stringify(unexplained(), null, 2)}`, 240);
    note('PromQL of dashboards and documentation answered', byExpression.length - unanswered.length);
    for (const [reason, queries] of byReason(unanswered)) note(`queries UNPROVEN: ${reason}`, queries);
  });

  test('Jaeger answers each search with traces', async () => {
    const answers = await ask(
      'e2e-traces',
      searches.map(({ uid, target }) => {
        const { service, limit, tags } = target as { service: string; limit: number; tags?: string };
        const logfmt: Record<string, string> =
          tags === undefined || tags === '' ? {} : { tags: JSON.stringify(Object.fromEntries([tags.split('=')])) };
        return {
          url: `${urlOf(uid)}/api/traces?${new URLSearchParams({ service, limit: `${limit}`, lookback: '1h', ...logfmt })}`,
        };
      }),
    );
    expect(searches.length).toBeGreaterThan(0);
    const mayFindNone = searches.map(({ target }) => /error=true|otelcol\.failed=true/.test(`${target.tags}`));
    for (const [index, { status, body }] of answers.entries()) {
      expect(status).toBe(200);
      // Nothing that is sent here has failed.
      if (!mayFindNone[index]) expect((body.data as readonly unknown[]).length).toBeGreaterThan(0);
    }
  });

  test('Jaeger answers with the spans of a trace that a search has found', async () => {
    const [search] = searches;
    const found = new URLSearchParams({ service: 'llm-api', limit: '1', lookback: '1h' });
    const [list] = await ask('e2e-trace-ids', [{ url: `${urlOf(search?.uid)}/api/traces?${found}` }]);
    const [{ traceID: id } = { traceID: '' }] = (list?.body.data ?? []) as readonly { traceID: string }[];
    expect(id).toMatch(/^[0-9a-f]{1,32}$/);
    const answers = await ask(
      'e2e-trace',
      traces.map(({ uid }) => ({ url: `${urlOf(uid)}/api/traces/${id}` })),
    );
    expect(answers.length).toBeGreaterThan(0);
    for (const { status, body } of answers) {
      const [trace] = (body.data ?? []) as readonly { traceID: string; spans: readonly unknown[] }[];
      expect({ status, id: trace?.traceID }).toEqual({ status: 200, id });
      expect(trace?.spans.length).toBeGreaterThan(0);
    }
  });

  test('Jaeger answers for the graph of services', async () => {
    const range = new URLSearchParams({ endTs: `${Date.now()}`, lookback: `${3600 * 1000}` });
    const answers = await ask(
      'e2e-graph',
      graphs.map(({ uid }) => ({ url: `${urlOf(uid)}/api/dependencies?${range}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(graphs.map(() => 200));
  });
}
