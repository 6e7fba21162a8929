import type { CapacitySettings } from '../../config/schema/capacity';
import { bytes, seconds } from '../../config/units';
import type { Settings } from '../settings';
import { of } from './coefficients';
import {
  busiest,
  collectorMemory,
  collectorMicros,
  coresPlanned,
  queueBytes,
  queuedBytes,
  queueFileBytes,
} from './needs';
import type { Least, Size } from './size';
import { amount, count, size } from './texts';

/** The largest number of Collectors that the schema allows. */
const MOST_REPLICAS = 50;

/** Queues on the Collector's claim: of spans, and one for each store that metrics are pushed to. */
export const queuesOf = ({ collector: { metricsPath, otlpMetrics } }: Settings): number =>
  (metricsPath === 'otlp' ? 2 : 1) + otlpMetrics.length;

/** The least claim for as many queues, in bytes. */
export const queueClaim = (queueSize: number, queues: number): number =>
  queueFileBytes(queueSize) * of('queueCopies') * queues;

/** Spans at the busiest Collector, and the step that says so. */
function atBusiest({ spansPerSecond, spanBytes }: CapacitySettings, replicas: number) {
  const perSecond = busiest(spansPerSecond, replicas);
  const step = `${count(spansPerSecond)} spans a second x ${of('skew')} / ${replicas} pods = ${count(perSecond)} spans a second at the busiest pod`;
  return { spans: { perSecond, bytes: spanBytes }, steps: replicas === 1 ? [] : [step] };
}

const microsStep = ({ spanBytes }: CapacitySettings) =>
  `${of('collectorMicros')} + ${of('collectorMicrosPerByte')} x ${spanBytes} + ${of('collectorMicrosPerRequest')} / ${of('spansPerRequest')} = ${count(collectorMicros(spanBytes))} µs a span`;

const MICROS = ['collectorMicros', 'collectorMicrosPerByte', 'collectorMicrosPerRequest', 'spansPerRequest'] as const;

/** How many pods carry the rate: the fewest with which the busiest one is not busier than planned. */
function replicas(_: Settings, capacity: CapacitySettings): Least {
  const cost = collectorMicros(capacity.spanBytes) / 1e6;
  const coresOf = (pods: number) => busiest(capacity.spansPerSecond, pods) * cost;
  const fewest = coresOf(1) <= coresPlanned() ? 1 : Math.max(2, Math.ceil((coresOf(2) * 2) / coresPlanned()));
  return {
    value: fewest,
    steps: [
      microsStep(capacity),
      `${count(capacity.spansPerSecond)} spans a second x ${count(cost * 1e6)} µs = ${amount(coresOf(1))} cores; one pod takes ${of('coresPerPod')} x ${of('busy')} = ${amount(coresPlanned())}`,
      ...(fewest === 1
        ? []
        : [`${amount(coresOf(1))} x ${of('skew')} / ${amount(coresPlanned())}, rounded up = ${fewest} pods`]),
    ],
    uses: [...MICROS, 'coresPerPod', 'busy', 'skew'],
  };
}

function cpu({ collector }: Settings, capacity: CapacitySettings): Least {
  const { spans, steps } = atBusiest(capacity, collector.replicas);
  const needed = (spans.perSecond * collectorMicros(spans.bytes)) / 1e6;
  return {
    value: Math.max(needed, LEAST_CORES),
    steps: [
      ...steps,
      microsStep(capacity),
      `${count(spans.perSecond)} spans a second of them = ${amount(needed)} cores, and ${LEAST_CORES} or more`,
    ],
    uses: [...MICROS, ...(collector.replicas > 1 ? (['skew'] as const) : [])],
  };
}

/** The defaults of their keys are enough for a small load, and are never undercut: they are for requests that arrive at once. */
const LEAST_MEMORY = 2 ** 30;
const LEAST_CORES = 0.2;

function memory({ collector }: Settings, capacity: CapacitySettings): Least {
  const { spans, steps } = atBusiest(capacity, collector.replicas);
  const used = collectorMemory(spans);
  const needed = used / of('collectorMemoryShare');
  return {
    value: Math.max(needed, LEAST_MEMORY),
    steps: [
      ...steps,
      `${of('collectorMib')} MiB + ${of('collectorMibPerMegabyte')} MiB x ${amount((spans.perSecond * spans.bytes) / 1e6)} MB a second = ${size(used)}`,
      `${size(used)} / ${of('collectorMemoryShare')} = ${size(needed)}, and ${size(LEAST_MEMORY)} or more`,
    ],
    uses: [
      'collectorMib',
      'collectorMibPerMegabyte',
      'collectorMemoryShare',
      ...(collector.replicas > 1 ? (['skew'] as const) : []),
    ],
  };
}

/** A queue holds at least some of the largest requests (`settings-checks`). */
const LEAST_QUEUE = 64 * 2 ** 20;

function queue({ collector }: Settings, capacity: CapacitySettings): Least {
  const { spans, steps } = atBusiest(capacity, collector.replicas);
  const outage = seconds(capacity.bridgeOutage);
  const needed = queueBytes(spans, outage) * of('margin');
  return {
    value: Math.max(needed, LEAST_QUEUE),
    steps: [
      ...steps,
      `${spans.bytes} + ${of('queueBytesPerSpan')} = ${count(queuedBytes(spans.bytes))} bytes a span in the queue`,
      `${count(spans.perSecond)} spans a second x ${count(outage)} s x ${count(queuedBytes(spans.bytes))} bytes x ${of('margin')} = ${size(needed)}, and ${size(LEAST_QUEUE)} or more`,
    ],
    uses: ['queueBytesPerSpan', 'margin', ...(collector.replicas > 1 ? (['skew'] as const) : [])],
  };
}

function claim(settings: Settings): Least {
  const { size: each } = settings.collector.queue;
  const queues = queuesOf(settings);
  const needed = queueClaim(bytes(each), queues);
  return {
    value: needed,
    steps: [
      `${each} x ${of('queueFile')} + ${size(of('queueFileStep'))} = ${size(queueFileBytes(bytes(each)))}, the file of a full queue`,
      `${size(queueFileBytes(bytes(each)))} x ${of('queueCopies')} x ${queues} ${queues === 1 ? 'queue' : 'queues'} = ${size(needed)}`,
    ],
    uses: ['queueFile', 'queueFileStep', 'queueCopies'],
  };
}

/** Metrics that are pushed wait in the queue too, and Prometheus must take them when they are late. */
function late({ collector }: Settings, { bridgeOutage }: CapacitySettings): Least | null {
  if (collector.metricsPath === 'scrape') return null;
  return { value: seconds(bridgeOutage), steps: [`capacity.bridgeOutage is ${bridgeOutage}`], uses: [] };
}

/** The Collector's. */
export const COLLECTOR_SIZES: readonly Size[] = [
  {
    path: 'collector.replicas',
    otherwise: 'the Collector is slower than the spans arrive, and refuses some',
    kind: 'count',
    most: MOST_REPLICAS,
    least: replicas,
  },
  {
    path: 'collector.resources.cpu',
    // A request, not a limit.
    otherwise: null,
    kind: 'cores',
    most: 999,
    least: cpu,
  },
  {
    path: 'collector.resources.memory',
    otherwise: 'it refuses spans before its memory runs out',
    kind: 'bytes',
    most: bytes('512Gi'),
    least: memory,
  },
  {
    path: 'collector.queue.size',
    otherwise: 'the queue is full before the outage of capacity.bridgeOutage is over, and spans are refused',
    kind: 'bytes',
    most: bytes('1Ti'),
    least: queue,
  },
  {
    path: 'collector.queue.storage',
    otherwise: 'the claim is full before the queue is, and spans are refused',
    kind: 'bytes',
    most: bytes('64Ti'),
    least: claim,
  },
  {
    path: 'collector.queue.bridgedOutage',
    otherwise: 'metrics that waited for the whole outage are refused for good',
    kind: 'seconds',
    most: seconds('24h'),
    least: late,
  },
];
