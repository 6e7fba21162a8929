/** Panels of traces: the present state. */
import { badRatio, ratio } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { NO_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Values } from '../spec';
import { UNITS } from '../units';
import { CUT, NO_RECEIVER, REFUSED_SPANS, UNNAMED } from './traces-complete';
import { failedShare, OF_SERVICE, spans } from './traces-spans';

/** Any at all is a warning: the lowest rate is one span in a time range of days. */
const ANY = 1e-6;

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Failing requests',
  description:
    'Share of requests to $service that failed at the server or got a fallback answer. Answers with 4xx are left out',
  unit: UNITS.share,
  noData: NO_SPANS,
  limits: FAILING,
  queries: [{ expr: badRatio({ range: RATE, matchers: OF_SERVICE, by: [] }), legend: 'failing' }],
});

export const failedNow = (): Values => ({
  kind: 'stat',
  title: 'Failed spans',
  description:
    'Share of all spans of $service that failed: requests, calls to others and steps inside. An answer of $service with 4xx is not counted, one that it gets is',
  unit: UNITS.share,
  noData: NO_SPANS,
  limits: FAILING,
  queries: [{ expr: failedShare([], RATE), legend: 'failed' }],
});

export const spansNow = (): Values => ({
  kind: 'stat',
  title: 'Spans',
  description: 'Spans of all kinds a second that $service sends, counted before any sampling',
  unit: UNITS.spansPerSecond,
  noData: NO_SPANS,
  limits: null,
  queries: [{ expr: spans([], RATE), legend: 'spans' }],
});

export const refusedNow = (): Values => ({
  kind: 'stat',
  title: 'Spans refused',
  description:
    'Spans a second of all services that the Collector or Jaeger refuses. Senders try again, so that they are late rather than lost',
  unit: UNITS.spansPerSecond,
  noData: NO_RECEIVER,
  limits: { warning: ANY, critical: 1 },
  queries: [{ expr: REFUSED_SPANS, legend: 'refused' }],
});

export const cutNow = (): Values => ({
  kind: 'stat',
  title: 'Spans cut',
  description: 'Share of the spans of $service with an attribute that was too long for storage, and was cut',
  unit: UNITS.share,
  noData: NO_SPANS,
  limits: { warning: ANY, critical: 0.1 },
  queries: [{ expr: ratio(spans([], RATE, CUT), spans([], RATE)), legend: 'cut' }],
});

export const unnamedNow = (): Values => ({
  kind: 'stat',
  title: 'Unnamed spans',
  description:
    'Spans a second of $service that are counted without their name, because it has more kinds of spans than are counted separately: rates by route are too low',
  unit: UNITS.spansPerSecond,
  noData: NO_SPANS,
  limits: { warning: ANY, critical: 1 },
  // There is no series as long as the limit is not reached.
  queries: [{ expr: `${UNNAMED} or 0 * ${spans([], RATE)}`, legend: 'unnamed' }],
});
