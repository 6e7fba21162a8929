import type { CapacitySettings } from '../../config/schema/capacity';
import { bytes, seconds } from '../../config/units';
import type { Settings } from '../settings';
import { of } from './coefficients';
import { badgerBytes, coresPlanned, jaegerMicros } from './needs';
import type { Least, Size } from './size';
import { amount, count, size } from './texts';

/** Other stores than badger have disks of their own. */
function claim({ jaeger }: Settings, { spansPerSecond, spanBytes }: CapacitySettings): Least | null {
  if (jaeger.store.type !== 'badger') return null;
  const ttl = seconds(jaeger.ttl);
  const stored = spansPerSecond * ttl * badgerBytes(spanBytes);
  const needed = stored * of('badgerExpired') * of('margin');
  return {
    value: Math.max(needed, bytes('1Gi')),
    steps: [
      `${of('badgerBytes')} + ${of('badgerBytesPerByte')} x ${spanBytes} = ${count(badgerBytes(spanBytes))} bytes a span in badger`,
      `${count(spansPerSecond)} spans a second x ${jaeger.ttl} (${count(ttl)} s) x ${count(badgerBytes(spanBytes))} bytes = ${size(stored)}`,
      `${size(stored)} x ${of('badgerExpired')} x ${of('margin')} = ${size(needed)}, and 1 GiB or more`,
    ],
    uses: ['badgerBytes', 'badgerBytesPerByte', 'badgerExpired', 'margin'],
  };
}

/** Badger is one process: its rate has a limit, whatever the size of its claim. */
export function badgerRate({ spanBytes }: CapacitySettings): Least {
  const most = (coresPlanned() / jaegerMicros(spanBytes)) * 1e6;
  return {
    value: Math.floor(most),
    steps: [
      `${of('jaegerMicros')} + ${of('jaegerMicrosPerByte')} x ${spanBytes} = ${count(jaegerMicros(spanBytes))} µs a span in Jaeger`,
      `${of('coresPerPod')} cores x ${of('busy')} / ${count(jaegerMicros(spanBytes))} µs = ${count(most)} spans a second`,
    ],
    uses: ['jaegerMicros', 'jaegerMicrosPerByte', 'coresPerPod', 'busy'],
  };
}

/** The default of the key. */
const LEAST_CORES = 0.2;

function cpu({ jaeger }: Settings, { spansPerSecond, spanBytes }: CapacitySettings): Least | null {
  if (jaeger.store.type !== 'badger') return null;
  const needed = (spansPerSecond * jaegerMicros(spanBytes)) / 1e6;
  return {
    value: Math.max(needed, LEAST_CORES),
    steps: [
      `${of('jaegerMicros')} + ${of('jaegerMicrosPerByte')} x ${spanBytes} = ${count(jaegerMicros(spanBytes))} µs a span`,
      `${count(spansPerSecond)} spans a second of them = ${amount(needed)} cores, and ${LEAST_CORES} or more`,
    ],
    uses: ['jaegerMicros', 'jaegerMicrosPerByte'],
  };
}

/** Jaeger's, with badger. */
export const JAEGER_SIZES: readonly Size[] = [
  {
    path: 'jaeger.resources.cpu',
    // A request, not a limit.
    otherwise: null,
    kind: 'cores',
    most: 999,
    least: cpu,
  },
  {
    path: 'jaeger.storage',
    otherwise: 'the claim is full before spans are as old as jaeger.ttl, and Jaeger writes no more',
    kind: 'bytes',
    most: bytes('64Ti'),
    least: claim,
  },
];
