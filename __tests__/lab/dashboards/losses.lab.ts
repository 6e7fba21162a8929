/** Panels on lost data, asked of the real Prometheus about the real Collector: what a filter drops is no loss, and a first loss is one. */
import { collector as board } from '../../../content/dashboards/boards/collector';
import type { CollectorConfig } from '../../../lab/collector-config';
import { until } from '../../../lab/commands';
import { type RunningCollector, startCollector } from '../programs/collector';
import { sendCounter, sendLog, sendSpans, type TestSpan } from '../programs/otlp';
import { startRefusing } from '../programs/refusing';
import { type Answer, type Scraper, startScraper } from '../programs/scraper';

/** Values of Grafana's variables: at least four scrapes. */
const VARIABLES: Readonly<Record<string, string>> = { __rate_interval: '8s', __range: '8s', collector_pod: '.*' };

/** The expressions of a panel, without variables. */
function expressionsOf(title: string): string[] {
  const panel = board()
    .rows.flatMap(({ panels }) => panels)
    .find((one) => one.title === title);
  if (panel === undefined || !('queries' in panel)) throw new Error(`no panel "${title}" with queries`);
  return panel.queries.map(({ expr }) => expr.replace(/\$(\w+)/g, (_, name: string) => VARIABLES[name] ?? name));
}

const CALL: TestSpan = {
  name: 'CreateChatCompletion',
  kind: 'client',
  attributes: { 'llm.provider': 'vllm', 'llm.model': 'jan-v1', 'llm.usage.prompt_tokens': 7 },
};
const REQUEST: TestSpan = { name: 'GET /v1/models', kind: 'server', attributes: { 'http.route': '/v1/models' } };

/** A filter that a patch adds to the pipeline of spans. */
const withFilter = (config: CollectorConfig): CollectorConfig => ({
  ...config,
  processors: {
    ...config.processors,
    'filter/added': { trace_conditions: ['span.kind == SPAN_KIND_CLIENT'] },
  },
  service: {
    ...config.service,
    pipelines: {
      ...config.service.pipelines,
      'traces/copy': { receivers: ['otlp'], processors: ['filter/added'], exporters: ['nop'] },
    },
  },
});

let target: Awaited<ReturnType<typeof startRefusing>>;
let collector: RunningCollector;
let prometheus: Scraper;
beforeAll(async () => {
  target = await startRefusing();
  collector = await startCollector('', target.address, {}, withFilter);
  prometheus = await startScraper(collector.selfMetrics, 'otel-collector-internal', {
    namespace: 'jan-monitoring',
    pod: 'otel-collector-0',
  });
});
afterAll(async () => {
  await prometheus?.stop();
  await collector?.stop();
  await target?.stop();
});

const ask = async (title: string): Promise<Answer[]> =>
  (await Promise.all(expressionsOf(title).map((expr) => prometheus.query(expr)))).flat();
const firstOf = async (title: string) => (await ask(title))[0]?.value;

test('"Losing data" is 0 before any loss, and 1 after the first batch that is lost', async () => {
  await until(async () => (await prometheus.query('up offset 8s')).length > 0, 'a target that is known for 8 s');
  expect(await firstOf('Losing data')).toBe(0);
  await sendSpans(collector.endpoint, [REQUEST]);
  await until(async () => (await firstOf('Losing data')) === 1, 'the first loss');
  // A rate of the counter alone, which the loss has created, knows of none.
  const rate = await prometheus.query('sum(rate(otelcol_exporter_send_failed_spans_total[8s])) > 0');
  expect(rate).toEqual([]);
});

test('what is filtered on purpose is apart from what is lost in processors', async () => {
  const send = async () => {
    await sendSpans(collector.endpoint, [CALL, REQUEST, REQUEST]);
    await sendCounter(collector.endpoint, 'some_counter', [{}]);
    await sendLog(collector.endpoint, 'text', {});
  };
  const filtered = async () => {
    await send();
    return (await ask('Left out on purpose')).some(({ value }) => value > 0);
  };
  await until(filtered, 'spans that a filter leaves out');
  const onPurpose = await ask('Left out on purpose');
  expect(onPurpose.map(({ metric }) => metric.processor)).toEqual(['filter/added']);
  const lost = await ask('Lost in processors');
  expect(lost.length).toBeGreaterThan(5);
  expect(lost.filter(({ value }) => value !== 0)).toEqual([]);
});
