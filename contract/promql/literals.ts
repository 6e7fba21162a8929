/** Numbers, durations and strings, as PromQL writes them. */

/** Seconds in Prometheus' units of time. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

const PLAIN_DURATION = /^(\d+(ms|[smhdwy]))+$/;

/** A duration in seconds: `1h30m`, or a number of seconds; undefined where it is computed. */
export function durationSeconds(text: string): number | undefined {
  if (!PLAIN_DURATION.test(text)) {
    const number = numberOf(text);
    return Number.isNaN(number) ? undefined : number;
  }
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? Number.NaN),
    0,
  );
}

/** A number: decimal, hexadecimal, `Inf`, or a duration in seconds. NaN where it is none. */
export function numberOf(text: string): number {
  const plain = text.replace(/_|\s/g, '');
  if (/^[-+]?inf(inity)?$/i.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
  if (PLAIN_DURATION.test(plain)) return durationSeconds(plain) ?? Number.NaN;
  const unsigned = plain.replace(/^[-+]/, '');
  return unsigned === '' ? Number.NaN : Number(unsigned) * (plain.startsWith('-') ? -1 : 1);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** What a string literal says. Between back quotes nothing is escaped. */
export function textOf(literal: string): string {
  const inner = literal.slice(1, literal.length > 1 && literal.endsWith(literal.charAt(0)) ? -1 : undefined);
  return literal.startsWith('`') ? inner : inner.replace(/\\(.)/gs, (_, sign: string) => ESCAPES[sign] ?? sign);
}
