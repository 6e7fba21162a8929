/** What the name in a selector stands for. */
import type { ExpressionContext } from '../check';
import type { Series } from '../metric';
import type { Selector } from './ast';

/** What is known of the name of a selector. */
export type Naming =
  /** It is in the catalogue. */
  | { readonly is: 'known'; readonly series: readonly Series[] }
  /** Nothing but the name is known: declared by prefix, or no name is given. */
  | { readonly is: 'accepted' }
  /** The name of a counter of the Collector without its suffix: some versions and settings write it so. */
  | { readonly is: 'without suffix'; readonly series: readonly Series[]; readonly name: string }
  | { readonly is: 'unknown'; readonly name: string };

/** What the names of a selector stand for; one entry where the selector has no name. */
export function namings({ names }: Selector, context: ExpressionContext): readonly Naming[] {
  return names.length === 0 ? [{ is: 'accepted' }] : names.map((name) => naming(name, context));
}

function naming(name: string, { catalogue, accepted = [], elsewhere = false }: ExpressionContext): Naming {
  const series = catalogue.series(name);
  if (series.length > 0) return { is: 'known', series };
  if (accepted.some((pattern) => fitsPattern(name, pattern))) return { is: 'accepted' };
  const suffixed = catalogue.series(`${name}_total`).filter(({ metric }) => metric.emitter === 'collector');
  if (elsewhere && suffixed.length > 0) return { is: 'without suffix', series: suffixed, name };
  return { is: 'unknown', name };
}

const fitsPattern = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** Units and kinds that names end in, by convention of Prometheus and of OpenTelemetry's exporters. */
const SUFFIXES = [
  '_total',
  '_seconds',
  '_bytes',
  '_ratio',
  '_seconds_total',
  '_bytes_total',
  '_bucket',
  '_count',
  '_sum',
];
const PREFIXES = ['jan_', 'otelcol_'];

/** The known name that somebody who wrote another one may have meant: the same with another suffix or prefix, else the most similar. */
export function nearestName(name: string, { catalogue }: ExpressionContext): string | undefined {
  const known = (candidate: string) => catalogue.series(candidate).length > 0;
  const stems = [
    name,
    ...SUFFIXES.filter((suffix) => name.endsWith(suffix)).map((suffix) => name.slice(0, -suffix.length)),
  ];
  const bodies = stems.flatMap((stem) => [stem, ...SUFFIXES.map((suffix) => stem + suffix)]);
  const variants = bodies.flatMap((body) => [body, ...PREFIXES.map((prefix) => withOrWithout(prefix, body))]);
  return variants.find(known) ?? nearestSimilar(name, catalogue);
}

const withOrWithout = (prefix: string, name: string): string =>
  name.startsWith(prefix) ? name.slice(prefix.length) : prefix + name;

/** A prefix that one name lacks is no distance: it is tried too. */
const nearestSimilar = (name: string, catalogue: ExpressionContext['catalogue']): string | undefined =>
  catalogue.nearest(name) ?? PREFIXES.map((prefix) => catalogue.nearest(withOrWithout(prefix, name))).find(Boolean);
