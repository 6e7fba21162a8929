/** Regular expressions as Prometheus has them: RE2, anchored at both ends (Prometheus 3.16 model/labels/regexp.go). */
import { RE2JS } from 're2js';

/** A pattern, or why it is none. */
export type Pattern =
  | { readonly ok: true; readonly fits: (text: string) => boolean }
  | { readonly ok: false; readonly why: string };

const cache = new Map<string, Pattern>();
const MAX_CACHED = 10_000;

/** Reads a regular expression. */
export function patternOf(text: string): Pattern {
  const pattern = cache.get(text) ?? readPattern(text);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(text, pattern);
  return pattern;
}

/** Texts with bars between them, as most patterns are. They need no compiler. */
const TEXTS = /^[\w|-]*$/;

function readPattern(text: string): Pattern {
  if (TEXTS.test(text)) {
    const texts = new Set(text.split('|'));
    return { ok: true, fits: (value) => texts.has(value) };
  }
  try {
    const compiled = RE2JS.compile(`^(?s:${text})$`);
    return { ok: true, fits: (value) => compiled.test(value) };
  } catch (error) {
    const why = (error as Error).message.replace(/^error parsing regexp: /, '').replace(/: `.*$/s, '');
    return { ok: false, why };
  }
}

/** Text that a pattern takes as itself: each sign that means something in RE2 is escaped. */
export const asPattern = (text: string): string => RE2JS.quote(text);
