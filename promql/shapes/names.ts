/** Looks up the names of selectors in the catalogue. */

import type { ExpressionContext } from '../context';
import type { Series } from '../metric';
import type { Selector } from '../syntax/ast';

/** What is known of the name of a selector. */
export type Naming =
  /** It is in the catalogue. */
  | { readonly is: 'known'; readonly series: readonly Series[] }
  /** Nothing but the name is known: declared by prefix, or no name is given. */
  | { readonly is: 'accepted' }
  /** The name of a counter without `_total`: some versions and settings of its emitter write it so. */
  | { readonly is: 'without suffix'; readonly series: readonly Series[]; readonly name: string }
  | { readonly is: 'unknown'; readonly name: string };

/** What the names of a selector stand for; one entry where the selector has no name. */
export function namings({ names }: Selector, context: ExpressionContext): readonly Naming[] {
  return names.length === 0 ? [{ is: 'accepted' }] : names.map((name) => naming(name, context));
}

function naming(name: string, { catalogue, accepted = [], thirdParty = false }: ExpressionContext): Naming {
  const series = catalogue.series(name);
  const omitting = (candidates: readonly Series[]) =>
    candidates.filter(({ metric }) => metric.emitter.omitsTotal !== undefined);
  const suffixed = omitting(catalogue.series(`${name}_total`));
  if (thirdParty && suffixed.length > 0 && omitting(series).length === 0)
    return { is: 'without suffix', series: suffixed, name };
  if (series.length > 0) return { is: 'known', series };
  return accepted.some((pattern) => fitsPattern(name, pattern)) ? { is: 'accepted' } : { is: 'unknown', name };
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

/** The name that was probably meant. */
export interface NearName {
  readonly name: string;
  /** Whether it differs by a usual prefix or suffix only, so that it is surely meant. */
  readonly sure: boolean;
}

/** The known name that is most similar to an unknown one: with another prefix or suffix, else with the same words, else by edit distance. */
export function nearestName(name: string, { catalogue }: ExpressionContext): NearName | undefined {
  const known = (candidate: string) => catalogue.series(candidate).length > 0;
  const shortened = SUFFIXES.filter((suffix) => name.endsWith(suffix)).map((suffix) => name.slice(0, -suffix.length));
  const bodies = [name, ...shortened].flatMap((stem) => [stem, ...SUFFIXES.map((suffix) => stem + suffix)]);
  const variants = bodies.flatMap((body) => [
    body,
    ...catalogue.namePrefixes.map((prefix) => withOrWithout(prefix, body)),
  ]);
  const variant = variants.find(known);
  if (variant !== undefined) return { name: variant, sure: true };
  const similar = catalogue.nearest(name, sameWords(name)) ?? catalogue.nearest(name);
  return similar === undefined ? undefined : { name: similar, sure: false };
}

const withOrWithout = (prefix: string, name: string): string =>
  name.startsWith(prefix) ? name.slice(prefix.length) : prefix + name;

/** The share of words that two similar names have in common. */
const SHARED_WORDS = 2 / 3;

/** Whether most words of a name are in another. */
function sameWords(name: string): (candidate: string) => boolean {
  const words = new Set(name.split('_'));
  return (candidate) => {
    const others = new Set(candidate.split('_'));
    const shared = [...words].filter((word) => others.has(word)).length;
    return shared / (words.size + others.size - shared) >= SHARED_WORDS;
  };
}
