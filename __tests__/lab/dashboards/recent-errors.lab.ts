/** The panel "Recent errors", asked of the real Jaeger as Grafana's datasource asks: by the single query that it sends. */
import { failedTraces } from '../../../content/dashboards/boards/shared-traces';
import { until } from '../../../lab/commands';
import { type RunningCollector, startCollector } from '../programs/collector';
import { startRenderedJaeger } from '../programs/jaeger';
import { sendSpans, type TestSpan } from '../programs/otlp';

let jaeger: Awaited<ReturnType<typeof startRenderedJaeger>>;
let collector: RunningCollector;
beforeAll(async () => {
  jaeger = await startRenderedJaeger();
  collector = await startCollector('', jaeger.endpoint.replace('http://', ''));
});
afterAll(async () => {
  await collector?.stop();
  await jaeger?.stop();
});

const answered = (traceId: string, status: number): TestSpan => ({
  name: 'POST /v1/chat/completions',
  kind: 'server',
  traceId: traceId.repeat(32),
  attributes: { 'http.method': 'POST', 'http.route': '/v1/chat/completions', 'http.status_code': status },
  status: status >= 400 ? 'error' : 'ok',
});

/** What each trace is, by the digit of its id. */
const TRACES: Readonly<Record<string, readonly TestSpan[]>> = {
  a: [answered('a', 200)],
  b: [answered('b', 404)],
  c: [answered('c', 500)],
  d: [answered('d', 503)],
  e: [
    answered('e', 200),
    {
      name: 'ChatHandler.CreateChatCompletion',
      kind: 'internal',
      traceId: 'e'.repeat(32),
      events: [{ name: 'completion_fallback' }],
    },
    { name: 'chat', kind: 'client', traceId: 'e'.repeat(32), status: 'error' },
  ],
};

test('"Recent errors" finds answers with 5xx and fallbacks, and no refused requests', async () => {
  const panel = failedTraces();
  await sendSpans(collector.endpoint, Object.values(TRACES).flat());
  const isStored = async () => (await jaeger.search('llm-api', 'http.request.method=POST')).length === 5;
  await until(isStored, 'five traces in Jaeger', 60);
  const found = await jaeger.search('llm-api', panel.tags ?? '');
  expect(found.map((id) => id[0]).sort()).toEqual(['c', 'd', 'e']);
  // The tags that the description suggests.
  const narrowed = async (tag: string) => (await jaeger.search('llm-api', tag)).map((id) => id[0]);
  expect(await narrowed('http.response.status_code=500')).toEqual(['c']);
  expect(await narrowed('event=completion_fallback')).toEqual(['e']);
});
