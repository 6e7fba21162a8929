/**
 * Units by what is counted, as a person says them, in Grafana's names (packages/grafana-data, valueFormats). `count:` scales by thousands and
 * keeps small numbers as they are: `pps` would print 0.3 as "300 mp/s".
 */
export const UNITS = {
  /** A whole number of things: 2.9 K. */
  count: 'short',
  /** A number without a unit. */
  number: 'none',
  requestsPerSecond: 'reqps',
  callsPerSecond: 'count:calls/s',
  spansPerSecond: 'count:spans/s',
  itemsPerSecond: 'count:items/s',
  eventsPerSecond: 'count:events/s',
  alertsPerSecond: 'count:alerts/s',
  notificationsPerSecond: 'count:notifications/s',
  tokens: 'count:tokens',
  tokensPerSecond: 'count:tokens/s',
  samplesPerSecond: 'count:samples/s',
  scrapesPerSecond: 'count:scrapes/s',
  packetsPerSecond: 'count:packets/s',
  /** A share from 0 to 1, as a percentage. */
  share: 'percentunit',
  /** A percentage from 0 to 100. */
  percent: 'percent',
  /** A duration below a minute: 25 ms, 1.3 s. */
  seconds: 's',
  /** A duration that may be minutes, in seconds all the same: 80 s, where `s` prints 1.33 mins. */
  wholeSeconds: 'suffix:s',
  /** A long duration: 2 days. */
  age: 'dtdurations',
  /** A time in milliseconds since 1970, as how long ago it was: 3 hours ago. */
  since: 'dateTimeFromNow',
  bytes: 'bytes',
  bytesPerSecond: 'binBps',
  cores: 'suffix:cores',
  celsius: 'celsius',
  watt: 'suffix:W',
} as const;

/** A unit of a panel: one of `UNITS`, or a currency by its ISO 4217 code, as `currencyEUR`. */
export type Unit = (typeof UNITS)[keyof typeof UNITS] | `currency${string}`;

const WORDS: Readonly<Partial<Record<Unit, string>>> = {
  short: 'number',
  none: 'number',
  reqps: 'requests/s',
  percentunit: '%',
  percent: '%',
  s: 'seconds',
  'suffix:s': 'seconds',
  dtdurations: 'duration',
  dateTimeFromNow: 'time',
  binBps: 'bytes/s',
  celsius: '°C',
};

/** A unit for people who read about a panel. */
export const unitInWords = (unit: Unit): string => WORDS[unit] ?? unit.replace(/^(count:|suffix:|currency)/, '');

/** Units of durations: exemplars are durations, so only panels with one of these can show them. */
export const DURATIONS: ReadonlySet<Unit> = new Set<Unit>([UNITS.seconds, UNITS.wholeSeconds]);

/**
 * How high the axis is at least, so that a line that is zero all the time is drawn on a scale with a meaning: Grafana's own axis of a constant
 * zero goes to 10,000 %.
 */
export function softMaximum(unit: Unit): number {
  if (unit === UNITS.share) return 0.05;
  if (unit === UNITS.percent) return 5;
  if (unit === UNITS.bytes || unit === UNITS.bytesPerSecond) return 1024;
  if (DURATIONS.has(unit) || unit.endsWith('/s') || unit === UNITS.requestsPerSecond) return 0.1;
  return 1;
}
