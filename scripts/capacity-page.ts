/** `docs/capacity.md`: what the key `capacity` computes, how, and from which numbers. */
import { table } from '../lib/markdown';
import { computedSizes, sourceOf } from '../stack/capacity/arithmetic';
import { COEFFICIENTS, type CoefficientName, MEASURED } from '../stack/capacity/coefficients';
import { SIZES } from '../stack/capacity/sizes';
import type { Built } from './built';
import { capacityText } from './capacity-text';

/** One page of Markdown. The examples are the environments that have a capacity. */
export function capacityPage(environments: readonly Built[]): string {
  const examples = environments
    .filter(({ config }) => computedSizes(config).length > 0)
    .map(({ config }) => `\`\`\`\n${beforeNumbers(capacityText(config))}\`\`\``);
  return [INTRO, PROMISE, 'REFUSED', refusals(), ARITHMETIC, ...examples, 'NUMBERS', numbers(), LIMITS]
    .map((part) => SECTIONS[part] ?? part)
    .join('\n\n')
    .concat('\n');
}

/** Without the list of numbers, which the page has as a table. */
const beforeNumbers = (text: string): string => text.slice(0, text.indexOf('\nNumbers'));

const INTRO = `# Capacity

\`capacity\` says what the stack must carry. The sizes that follow from it are then computed, unless the file sets them:

\`\`\`yaml
capacity:
  spansPerSecond: 500     # of all senders in a busy hour, after the sampling of their SDKs
  spanBytes: 1000         # of an average span as its SDK sends it
  series: 300000          # active series of one Prometheus
  bridgeOutage: 2h        # how long Jaeger may be away without a loss of spans
\`\`\`

\`ENVIRONMENT=production npm run capacity\` prints each size with its arithmetic and the numbers that it uses. Without the key, each size has
the default of its key in [configuration.md](configuration.md).

To find your numbers on a running stack:

| key | query |
|---|---|
| \`spansPerSecond\` | \`max_over_time(sum(rate(otelcol_receiver_accepted_spans_total[5m]))[7d:5m])\` |
| \`series\` | \`max(max_over_time(prometheus_tsdb_head_series[7d]))\` |
| \`spanBytes\` | with Jaeger away: \`sum(deriv(otelcol_exporter_queue_size{data_type="traces"}[10m])) / sum(rate(otelcol_receiver_accepted_spans_total[10m]))\`, less ${COEFFICIENTS.queueBytesPerSpan.value} |`;

const PROMISE = `## What is promised

**Spans.** [When something breaks](faults.md) has the promise, and what it does not cover. The sizes below are those that an outage of Jaeger of up
to \`bridgeOutage\` needs at the rate of \`spansPerSecond\`. Spans that are above the rate shorten the outage that the queue can bridge, in proportion.

**Metrics.** There is no such promise for metrics.

- Scraped (\`collector.metricsPath: scrape\`, the default): samples of a time in which Prometheus was away do not exist. Counters go on from
  their last value, so an increase over the gap is right if its pod was not restarted; gauges have a gap. The metrics that the
  Collector computes from spans are in its memory: when it restarts, they start at zero, and what it counted since the last scrape is not in
  Prometheus.
- Pushed (\`collector.metricsPath: otlp\`): they wait in a queue of the size of the spans' queue. Prometheus takes them if they are no
  later than \`collector.queue.bridgedOutage\` and half an hour; \`capacity\` sets that to \`bridgeOutage\`. The size of this queue is not
  computed from \`series\`.
- Remote write: Prometheus keeps about two hours of samples for a store that is away.`;

const REFUSED = `## What is refused

A size in the file wins over the computed one. One that is too small for the capacity is an error of \`make synth\`, with the arithmetic:`;

const ARITHMETIC = '## How sizes are computed';

const NUMBERS = `## Numbers

Measured on ${MEASURED.on} with \`${MEASURED.by}\`, a part of \`make bench\`. It runs the real programs with the rendered configuration, then predicts
a run of other numbers and fails if a prediction is wrong by more than 25 %. Processor times are those of the machine of the measurement, which was
busy; the bench predicts them with the times of its own run, and prints those of this table beside them.`;

const SECTIONS: Readonly<Record<string, string>> = { REFUSED, NUMBERS };

/** What is refused, by key. */
function refusals(): string {
  const rows = SIZES.flatMap(({ path, otherwise }) => (otherwise === null ? [] : [[`\`${path}\``, otherwise]]));
  const rate = ['`capacity.spansPerSecond`', 'with badger: Jaeger is one process, and is slower than the spans arrive'];
  return table(['key', 'if it were accepted'], [...rows, rate]);
}

const numbers = (): string =>
  table(
    ['number', 'what', 'source'],
    (Object.keys(COEFFICIENTS) as CoefficientName[]).map((name) => {
      const { value, unit, what, source } = COEFFICIENTS[name];
      return [`${value} ${unit}`, what, source === 'measured' ? 'measured' : sourceOf(name)];
    }),
  );

const LIMITS = `## What is not computed

- Grafana, Alertmanager, and the pods of OpenSearch, Elasticsearch, Cassandra and Kafka.
- Jaeger's memory. With badger and the default limit of 1Gi it had up to 600 MiB at 3,000 spans a second of 1,000 to 3,000 bytes.
- Spans with long texts, as prompts. Badger indexes each attribute with its value: a span of 3,000 bytes of which one attribute has 2,500 took
  9,600 bytes, a third more than one with attributes of up to 256 bytes. Give \`spanBytes\` a third more, or \`jaeger.store\` another type.
- Series that come and go. \`series\` are those at one time; each new pod adds series that stay in memory for up to three hours.
- How long a drained queue takes: the Collector sends as fast as Jaeger writes, while new spans arrive.
- What a slow disk allows with \`collector.queue.syncWrites\` or \`jaeger.syncWrites\`: [faults.md](faults.md) has the figures.`;
