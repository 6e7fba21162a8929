/** The drop-down of services, asked of the real Prometheus, and its entry without series, asked of the real Jaeger. */
import { NO_VALUE, oneLabelValue } from '../../../content/dashboards/render/variable-query';
import { until } from '../../../lab/commands';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import { variableExpression } from '../../../promql/dashboards/queries';
import { startJaeger } from '../programs/jaeger';
import { type Pushed, startPushed } from '../programs/pushed';

let prometheus: Pushed;
beforeAll(async () => {
  prometheus = await startPushed();
});
afterAll(() => prometheus?.stop());

const variable = oneLabelValue(SPAN_METRICS.calls, 'service_name');

/** The entries of the drop-down: the results in Grafana's form, and what the expression cuts out of them. */
async function entries(): Promise<readonly string[]> {
  const expr = (variableExpression(variable.query) ?? '').replaceAll('$__range', '1h');
  const pattern = new RegExp((variable.regex ?? '').slice(1, -1));
  const series = await prometheus.series(expr);
  return series
    .map((labels) => `{${Object.entries(labels).map(([name, value]) => `${name}="${value}"`)}} 1 1700000000000`)
    .flatMap((text) => pattern.exec(text)?.[1] ?? [])
    .sort();
}

test('has the services, also those that are silent now, and "none" exactly while there are none', async () => {
  expect(await entries()).toEqual([NO_VALUE]);
  const now = Date.now();
  const calls = (service: string, minutes: number) => ({
    name: SPAN_METRICS.calls,
    attributes: { service_name: service },
    time: now - minutes * 60_000,
  });
  await prometheus.push([calls('media-api', 40), calls('llm-api', 0)]);
  await until(async () => (await entries()).includes('llm-api'), 'the series in Prometheus');
  expect(await entries()).toEqual(['llm-api', 'media-api']);
});

test('Jaeger answers a search for "none" with an empty list, and one without a service with an error', async () => {
  const jaeger = await startJaeger();
  try {
    const none = await jaeger.search(NO_VALUE);
    expect({ status: none.status, data: ((await none.json()) as { data: unknown }).data }).toEqual({
      status: 200,
      data: [],
    });
    expect((await jaeger.search('')).status).toBe(400);
  } finally {
    await jaeger.stop();
  }
});
