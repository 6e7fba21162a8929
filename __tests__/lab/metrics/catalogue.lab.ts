/** Entries of the catalogue whose series are there after something went wrong: the real programs, and what goes wrong. */

import { programVersion } from '../../../lab/cache';
import { until } from '../../../lab/commands';
import { METRICS } from '../../../metrics/catalogue/index';
import { compare } from '../../../metrics/compare';
import { emittedOf, type Metadata, type SeriesLabels } from '../../../metrics/emitted';
import { EMITTERS, type EmitterName } from '../../../metrics/emitters';
import { type FailingStack, startFailing } from './failing';

const now = () => `${Date.now()}000000`;
const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'lab' } }] };
const span = () => ({
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'lab',
  startTimeUnixNano: now(),
  endTimeUnixNano: now(),
});

/** A request of each signal, in OTLP's JSON. */
const requests = (): Readonly<Record<string, object>> => ({
  traces: { resourceSpans: [{ resource, scopeSpans: [{ spans: [span()] }] }] },
  metrics: {
    resourceMetrics: [
      {
        resource,
        scopeMetrics: [{ metrics: [{ name: 'lab', gauge: { dataPoints: [{ asInt: '1', timeUnixNano: now() }] } }] }],
      },
    ],
  },
  logs: {
    resourceLogs: [{ resource, scopeLogs: [{ logRecords: [{ timeUnixNano: now(), body: { stringValue: 'lab' } }] }] }],
  },
});

/** Sends one of each to each Collector, all at once, so that queues fill. */
const send = (addresses: readonly string[]) =>
  Promise.all(
    addresses.flatMap((address) =>
      Object.entries(requests()).map(([signal, body]) =>
        fetch(`${address}/v1/${signal}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    ),
  );

let stack: FailingStack;
beforeAll(async () => {
  stack = await startFailing();
});
afterAll(() => stack?.stop());

/** What the targets of a job emit. */
async function emittedBy(job: string) {
  const metadata = await stack.ask<readonly Metadata[]>('/targets/metadata', { match_target: `{job="${job}"}` });
  const query = { query: `{job="${job}"}` };
  const { result } = await stack.ask<{ result: readonly { metric: SeriesLabels }[] }>('/query', query);
  return emittedOf(
    result.map(({ metric }) => metric),
    metadata,
  );
}

/** Entries that something must have caused, and that this causes; of the others, why not. */
const PROGRAMS: readonly (readonly [emitter: EmitterName, binary: string, notCaused: RegExp])[] = [
  ['prometheus', 'prometheus', /^$/],
  ['alertmanager', 'alertmanager', /^$/],
  // The pipelines of LLM spans, Kafka and Kubernetes are not in this configuration.
  ['collector', 'otelcol-contrib', /kafka|k8s|deltatocumulative|_filter_|_batch_/],
];

test.each(PROGRAMS)(
  '%s emits what the catalogue lists for when something is wrong',
  async (emitter, binary, notCaused) => {
    const job = binary === 'otelcol-contrib' ? 'collector' : binary;
    const entries = METRICS.filter((metric) => metric.emitter === EMITTERS[emitter] && metric.emitted !== 'always');
    const caused = entries.filter(({ name }) => !notCaused.test(name));
    expect(caused.length).toBeGreaterThan(5);
    let missing: readonly string[] = [];
    const isThere = async () => {
      await Promise.all(Array.from({ length: 20 }, () => send(stack.otlp)));
      const emitted = await emittedBy(job);
      missing = caused.filter(({ name }) => !emitted.has(name)).map(({ name }) => name);
      return missing.length === 0;
    };
    await until(isThere, 'every entry').catch(() => expect(missing).toEqual([]));
    expect(compare(caused, await emittedBy(job), programVersion(binary))).toEqual({
      proven: caused,
      unproven: [],
      failures: [],
    });
  },
);

test('node_exporter emits what the catalogue lists', async () => {
  const entries = METRICS.filter(({ emitter }) => emitter === EMITTERS.nodeExporter);
  const { proven, failures } = compare(entries, await emittedBy('node_exporter'), programVersion('node_exporter'));
  expect(failures).toEqual([]);
  expect(proven.length).toBeGreaterThan(entries.length / 2);
});

test('ALERTS has the labels of every alert', async () => {
  const entries = METRICS.filter(({ name }) => name.startsWith('ALERTS'));
  const { result } = await stack.ask<{ result: readonly { metric: SeriesLabels }[] }>('/query', {
    query: '{__name__=~"ALERTS.*"}',
  });
  const emitted = emittedOf(
    result.map(({ metric }) => metric),
    [],
  );
  expect(compare(entries, emitted, null).proven).toEqual(entries);
});
