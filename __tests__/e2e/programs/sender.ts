/**
 * Sends requests as Jan Server's services trace and count them, and prints what it has sent. Its environment: ENDPOINT, PROTOCOL,
 * RUN (a unique name), COUNT of requests, FALLBACKS (how many of them the provider fails; the first ones), ROUTE,
 * and SECONDS over which they are spread.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { exportersFor, type Protocol } from './exporters';
import { providerOf, recordRequest, type SentSpan } from './jan-trace';
import { run } from './run';

async function main(): Promise<void> {
  const { ENDPOINT = '', PROTOCOL = 'protobuf', RUN = '', COUNT = '1', FALLBACKS = '1', SECONDS = '0' } = process.env;
  const { ROUTE = `/v1/chat/completions/${RUN}` } = process.env;
  const exporters = () => exportersFor(PROTOCOL as Protocol, ENDPOINT);
  const providers = ['llm-api', 'mcp-tools'].map((service) =>
    providerOf(service, [new BatchSpanProcessor(exporters().spans)]),
  );
  const [llmApi, mcpTools] = providers;
  if (llmApi === undefined || mcpTools === undefined) return;
  const reader = new PeriodicExportingMetricReader({
    exporter: exporters().metrics,
    exportIntervalMillis: 2000,
    exportTimeoutMillis: 2000,
  });
  const resource = resourceFromAttributes({ 'service.name': 'llm-api', 'service.namespace': 'jan' });
  const meters = new MeterProvider({ resource, readers: [reader] });
  // The meter of Jan Server's newer services.
  const events = meters.getMeter('jan-analytics').createCounter('jan.analytics.events');
  const durations = meters.getMeter('jan-analytics').createHistogram('jan.analytics.duration_ms', { unit: 'ms' });
  const spans: SentSpan[] = [];
  const count = Number(COUNT);
  const flush = () => Promise.all([meters, ...providers].map((provider) => provider.forceFlush()));
  for (let index = 0; index < count; index++) {
    const request = { route: ROUTE, model: RUN, isFallback: index < Number(FALLBACKS) };
    spans.push(...recordRequest(llmApi, mcpTools, request));
    events.add(1, { event: 'completion', run: RUN });
    durations.record(120, { run: RUN });
    // In the first moment of a pod, when its address is not in any endpoint slice yet.
    if (index === 0) await flush();
    if (Number(SECONDS) > 0) await sleep((Number(SECONDS) * 1000) / count);
  }
  await flush();
  await Promise.all([meters.shutdown(), ...providers.map((provider) => provider.shutdown())]);
  process.stdout.write(`${JSON.stringify(spans)}\n`);
}

run(main);
