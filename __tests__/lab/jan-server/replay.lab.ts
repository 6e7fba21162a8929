/** The real Jan Server's spans, replayed into the real Collector and Jaeger: what is counted, and that no personal value is stored. */

import { until } from '../../../lab/commands';
import { sumOf, sumsBy } from '../../../lab/series';
import { CANCELED, FAILED_CALL, OPERATION_DURATION, TOKEN_USAGE } from '../../../metrics/gen-ai';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { CALL, FAILED, FALLBACKS, REQUEST, selector } from '../../../metrics/spans';
import { type RunningCollector, startCollector } from '../programs/collector';
import { type RunningJaeger, startJaeger } from '../programs/jaeger';
import { sendRecorded } from '../programs/otlp';
import { CAPTURE, type CapturedSpan, httpStatus, REQUESTS, SPANS } from './capture';
import { COMPLETIONS, errorTypeOf, type Outcome } from './outcomes';

/** What the test that was captured had planted: prompts, a card number, mail addresses, a token, a user agent. */
const PLANTED = [
  'PLANTEDPROMPT',
  'Plantedstreet',
  '4111-1111',
  'example-pii',
  'planted',
  'PlantedAgent',
  'secret-host',
];

const CALLS = SPAN_METRICS.calls;
const OPERATIONS = `${OPERATION_DURATION}_count`;

const count = (wanted: (span: CapturedSpan) => boolean) => SPANS.filter(wanted).length;
const completions = (...outcomes: readonly Outcome[]) =>
  COMPLETIONS.filter(({ outcome }) => outcomes.includes(outcome)).length;
const isCall = ({ kind }: CapturedSpan) => kind === 'client';

/** How often each text comes, as `sumsBy` gives it. */
function tally(texts: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries(counts);
}

const starts = SPANS.map(({ startTimeUnixNano }) => Number(BigInt(startTimeUnixNano) / 1000n));

/** Replays the capture. @returns what Jaeger and the Collector answer once all of it has arrived */
async function replay(collector: RunningCollector, jaeger: RunningJaeger) {
  for (const request of REQUESTS) await sendRecorded(collector.endpoint, request);
  // Exemplars are in the scrapes after the flush of their spans only.
  const scrapes: string[] = [];
  await until(
    async () => {
      scrapes.push(await collector.openMetrics());
      const series = await collector.series();
      return sumOf(series, CALLS) === SPANS.length && sumOf(series, OPERATIONS) === count(isCall);
    },
    'all spans and calls to be counted',
    60,
  );
  const inJaeger = await jaeger.everything(Math.min(...starts) - 1, Math.max(...starts) + 1, SPANS.length);
  return { inJaeger, series: await collector.series(), scrapes };
}

test('the capture has the spans that its tests rely on', () => {
  expect([REQUESTS.length, SPANS.length]).toEqual([617, 7135]);
  expect(completions('announced fallback')).toBe(298);
  expect(completions('silent fallback')).toBe(60);
  expect(completions('canceled')).toBe(39);
  expect(completions('client error')).toBe(59);
  expect(CAPTURE.match(/PLANTED|planted|4111/g)).toHaveLength(916);
  // The other 16 are parts of identifiers and times.
  expect(CAPTURE.match(/PLANTED|planted|4111-1111/g)).toHaveLength(900);
  expect(PLANTED.filter((text) => !CAPTURE.includes(text))).toEqual([]);
});

describe.each(['hashed', 'none', 'full'])('pii: %s', (pii) => {
  let jaeger: RunningJaeger;
  let collector: RunningCollector;
  let seen: Awaited<ReturnType<typeof replay>>;

  beforeAll(async () => {
    jaeger = await startJaeger();
    collector = await startCollector(`collector: {pii: ${pii}}`, jaeger.address);
    seen = await replay(collector, jaeger);
  });
  afterAll(async () => {
    await collector?.stop();
    await jaeger?.stop();
  });

  const sum = (metric: string, ...matchers: readonly string[]) => sumOf(seen.series, selector(metric, ...matchers));
  const sums = (labels: readonly string[], metric: string, ...matchers: readonly string[]) =>
    sumsBy(seen.series, labels, selector(metric, ...matchers));

  test(pii === 'full' ? 'Jaeger has every planted value' : 'no planted value is in Jaeger', () => {
    const found = PLANTED.filter((text) => seen.inJaeger.some((answer) => answer.includes(text)));
    expect(found).toEqual(pii === 'full' ? PLANTED : []);
  });

  test('no planted value is in what Prometheus scrapes, exemplars included', () => {
    expect(PLANTED.filter((text) => seen.scrapes.some((scrape) => scrape.includes(text)))).toEqual([]);
    expect(seen.scrapes.some((scrape) => /# \{.*trace_id="[0-9a-f]{32}".*\}/.test(scrape))).toBe(true);
  });

  test('no OTTL statement failed on any span', () => {
    expect(collector.log().match(/failed to (execute|process)[^\n]*/g) ?? []).toEqual([]);
  });

  test('358 completions were fallbacks: 298 with an event, 60 without; by provider and model', () => {
    const isFallback = ({ outcome }: (typeof COMPLETIONS)[number]) => outcome.endsWith('fallback');
    expect(sum(FALLBACKS)).toBe(358);
    expect(sums(['gen_ai_provider_name', 'gen_ai_request_model'], FALLBACKS)).toEqual(
      tally(
        COMPLETIONS.filter(isFallback).map(
          ({ span: { attributes } }) => `${attributes['provider.display_name']} | ${attributes['model.original_id']}`,
        ),
      ),
    );
  });

  test('39 cancelled calls stand apart, and in no failing rate', () => {
    expect(sum(OPERATIONS, `error_type="${CANCELED}"`)).toBe(39);
    expect(sums(['error_type'], OPERATIONS)).toEqual(tally(SPANS.filter(isCall).map(errorTypeOf)));
    const failing = count((span) => !['', CANCELED].includes(isCall(span) ? errorTypeOf(span) : ''));
    expect(failing).toBe(298);
    expect(sum(OPERATIONS, FAILED_CALL)).toBe(failing);
    expect(sum(CALLS, CALL, 'status_code="STATUS_CODE_ERROR"')).toBe(failing);
  });

  test('failing requests are those that were answered with 5xx: no cancelled one, no client error, no fallback twice', () => {
    const failing = SPANS.filter((span) => span.kind === 'server' && httpStatus(span) >= 500);
    expect(sums(['service_name'], CALLS, REQUEST, FAILED)).toEqual(tally(failing.map(({ service }) => service)));
    expect(sums(['service_name'], CALLS, REQUEST, FAILED)).toEqual({ 'llm-api': 26, 'realtime-replay': 60 });
    const completionRequests = sum(CALLS, REQUEST, FAILED, 'http_route=~".*/chat/completions"') + sum(FALLBACKS);
    expect(completionRequests).toBe(26 + 358);
  });

  test('every route of realtime-api has its name, and its 503s fail', () => {
    const isRealtime = ({ service }: CapturedSpan) => service.startsWith('realtime-');
    const realtime = 'service_name=~"realtime-.*"';
    const names = SPANS.filter(isRealtime).map(({ name }) => name);
    expect(sums(['span_name'], CALLS, realtime)).toEqual(tally(names));
    expect(sums(['http_route'], CALLS, realtime)).toEqual(tally(names.map((name) => name.replace(/^[A-Z]+ /, ''))));
    expect(sums(['span_name', 'http_response_status_code'], CALLS, realtime, REQUEST, FAILED)).toEqual({
      'GET /v1/realtime/sessions/:id | 503': 60,
    });
  });

  test('a path that llm-api does not serve is no route and no name', () => {
    const unserved = count(({ service, attributes }) => service === 'llm-api' && attributes['http.route'] === '');
    expect(unserved).toBe(1865);
    expect(sums(['span_name', 'http_route'], CALLS, 'service_name="llm-api"', REQUEST, 'http_route=""')).toEqual({
      'GET | ': unserved,
    });
  });

  test('the environment is ours, whatever senders claim', () => {
    const said = seen.inJaeger.flatMap((answer) => [
      ...answer.matchAll(/"key":"(?:deployment\.)?environment(?:\.name)?","type":"string","value":"([^"]*)"/g),
    ]);
    expect(new Set(said.map(([, value]) => value))).toEqual(new Set(['test']));
  });

  test('tokens are those of the spans', () => {
    const used = (type: string) =>
      SPANS.filter(isCall).reduce(
        (total, { attributes }) => total + Number(attributes[`llm.usage.${type}_tokens`] ?? 0),
        0,
      );
    expect(sums(['gen_ai_token_type'], `${TOKEN_USAGE}_sum`)).toEqual({
      input: used('prompt'),
      output: used('completion'),
    });
    expect(sums(['gen_ai_token_type'], `${TOKEN_USAGE}_sum`)).toEqual({ input: 363_794, output: 156_412 });
  });
});
