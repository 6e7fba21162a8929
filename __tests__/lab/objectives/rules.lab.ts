/** The recording rules and burn-rate alerts of objectives, on counters as services have them, in the real promtool. */
import { holds } from './judging';

const LLM = 'service_name="llm-api",span_kind="SPAN_KIND_SERVER"';
const spans = (status: string, code: string, route = '/v1/chat/completions') =>
  `traces_span_metrics_calls_total{${LLM},http_route="${route}",status_code="STATUS_CODE_${status}"${code === '' ? '' : `,http_response_status_code="${code}"`}}`;
const OK = spans('UNSET', '200');
const FALLBACK = 'jan_completion_fallbacks_total{service_name="llm-api",gen_ai_provider_name="p"}';
const AVAILABILITY = '{slo="llm-api-availability"}';
const ratio = (window: string, slo = AVAILABILITY) => `slo:sli_error:ratio_rate${window}${slo}`;
const firing = (name: string) =>
  `count(ALERTS{alertname="SloErrorBudget${name}",alertstate="firing",slo="llm-api-availability"})`;
const duration = (part: string, route: string, le = '') =>
  `traces_span_metrics_duration_seconds_${part}{${LLM},http_route="${route}"${le === '' ? '' : `,le="${le}"`}}`;
const bucket = (le: string) => duration('bucket', '/v1/conversations', le);
const COUNT = duration('count', '/v1/conversations');

describe('availability', () => {
  test('a fifth of the requests fails: it burns', () =>
    holds(
      { series: { [OK]: '0+80x240', [spans('ERROR', '503')]: '0+20x240' } },
      { [ratio('5m')]: 0.2, [ratio('1h')]: 0.2, [firing('BurnFast')]: 1, [firing('BurnHigh')]: 1 },
    ));

  test('nothing fails, and no failure was ever counted: a zero, and no alert', () =>
    holds({ series: { [OK]: '0+80x240' } }, { [ratio('5m')]: 0, [ratio('3d')]: 0, [firing('BurnFast')]: null }));

  test('every answer is a fallback with HTTP 200: all are bad', () =>
    holds({ series: { [OK]: '0+80x240', [FALLBACK]: '0+80x240' } }, { [ratio('5m')]: 1, [firing('BurnFast')]: 1 }));

  test('a client that is at fault is neither a failure nor an answer, and an error without an HTTP status is a failure', () =>
    holds(
      { series: { [OK]: '0+90x240', [spans('ERROR', '404')]: '0+900x240', [spans('ERROR', '')]: '0+10x240' } },
      { [ratio('5m')]: 0.1 },
    ));

  test('scrapes, probes, refused requests and other routes hide no failure, whatever the gateway puts before the path', () =>
    holds(
      {
        series: {
          [spans('ERROR', '500', '/llm/v1/chat/completions')]: '0+1x240',
          [spans('OK', '200', '/metrics')]: '0+30x240',
          [spans('OK', '200', '/healthz')]: '0+30x240',
          [spans('OK', '200', '/v1/models')]: '0+30x240',
          [spans('ERROR', '401')]: '0+30x240',
        },
      },
      { [ratio('5m')]: 1, [firing('BurnFast')]: 1 },
    ));

  test('no traffic: no data and no alert, whether the series is there or not', async () => {
    const nothing = { [ratio('5m')]: null, [ratio('1h')]: null, [firing('BurnFast')]: null };
    await holds({ series: { [OK]: '7x240' } }, nothing);
    await holds({ series: {} }, nothing);
    await holds({ series: { [FALLBACK]: '0+80x240' } }, nothing);
  });

  test('a busy hour counts for more than a quiet one', () =>
    holds(
      // Half an hour of 100 requests, then half an hour of one, each of which fails.
      { series: { [OK]: '0+0x120 0+100x59 5900+0x60', [spans('ERROR', '500')]: '0+0x180 0+1x60' } },
      // Of about 6,060 requests 60: the mean of the two half hours would be a half.
      { [`${ratio('1h')} < bool 0.02`]: 1, [`${ratio('1h')} > bool 0.005`]: 1 },
    ));

  test('what burned an hour ago no longer alerts, and is still missing from the budget', () =>
    holds(
      { series: { [OK]: '0+90x240', [spans('ERROR', '500')]: '0+10x120 1200+0x120' } },
      { [firing('BurnFast')]: null, [`slo:period_error_budget_remaining:ratio${AVAILABILITY} < bool 0`]: 1 },
    ));

  test('a slow burn is a ticket, and no page', () =>
    holds(
      { series: { [OK]: '0+990x100', [spans('ERROR', '500')]: '0+10x100' }, interval: '5m', at: '8h' },
      { [ratio('3d')]: 0.01, [firing('BurnSlow')]: 1, [firing('BurnSteady')]: null, [firing('BurnFast')]: null },
      'prometheus: {scrapeInterval: 2m}',
    ));

  test('half of the budget is spent', () =>
    holds(
      { series: { [OK]: '0+9975x240', [spans('ERROR', '500')]: '0+25x240' } },
      {
        [`slo:period_error_budget_remaining:ratio${AVAILABILITY}`]: 0.5,
        [`slo:current_burn_rate:ratio${AVAILABILITY}`]: 0.5,
      },
    ));
});

describe('latency', () => {
  const LATENCY = '{slo="llm-api-latency"}';

  test.each(['1', '1.0'])('the bucket of 1 s is found where its bound is written %s', (le) =>
    holds(
      { series: { [bucket(le)]: '0+7x240', [bucket('50')]: '0+9x240', [COUNT]: '0+10x240' } },
      { [ratio('5m', LATENCY)]: 0.3 },
    ),
  );

  test.each(['/v1/chat/completions', '/llm/v1/chat/completions', '/metrics', ''])(
    'how long the route "%s" takes is not its matter',
    (route) =>
      holds(
        {
          series: {
            ...{ [bucket('1')]: '0+7x240', [COUNT]: '0+10x240' },
            ...{ [duration('bucket', route, '1')]: '0+50x240', [duration('count', route)]: '0+100x240' },
          },
        },
        { [ratio('5m', LATENCY)]: 0.3 },
      ),
  );

  test('without that bucket there is no data, and an alert says so', () =>
    holds(
      { series: { [bucket('50')]: '0+9x240', [COUNT]: '0+10x240' } },
      {
        [ratio('5m', LATENCY)]: null,
        'count(ALERTS{alertname="SloNoData",alertstate="firing",slo="llm-api-latency"})': 1,
      },
    ));
});

test('good events are counted as well as bad ones, and none is bad below zero', async () => {
  const environment = `
slos:
  - name: tools
    description: Tools work
    service: mcp-tools
    objective: 90
    indicator: { type: ratio, total: [jan_mcp_tool_calls_total], good: ['jan_mcp_tool_calls_total{status="success"}'] }
`;
  const calls = (status: string) => `jan_mcp_tool_calls_total{status="${status}"}`;
  const tools = '{slo="tools"}';
  await holds(
    { series: { [calls('success')]: '0+3x240', [calls('error')]: '0+1x240' } },
    { [ratio('5m', tools)]: 0.25 },
    environment,
  );
  await holds({ series: { [calls('success')]: '0+3x240' } }, { [ratio('5m', tools)]: 0 }, environment);
  await holds({ series: { [calls('error')]: '0+3x240' } }, { [ratio('5m', tools)]: 1 }, environment);
});
