import type { MetricSelector } from './metric-selector';
import { textOf } from './syntax/literals';

/** The conditions of a selector. */
const BRACES = /\{(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|[^"'`{}])*\}/.source;

/**
 * What an expression is made of, as far as selectors are concerned: strings, comments, lists of labels, ranges, variables of Grafana,
 * calls, names of operators and parentheses, which hold none; or a name with the matchers behind it.
 */
const PARTS = new RegExp(
  [
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*/,
    /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/,
    /(?<range>\[[^\]]*\])|\$\{[^}]*\}|\$\w+/,
    /(?<open>(?:[A-Za-z_:][\w:]*\s*)?\()|(?<close>\))/,
    /[A-Za-z_:][\w:]*\s*(?=\b(?:by|without)\b)/,
    /\b(?:and|or|unless|atan2|bool|offset|on|ignoring|group_left|group_right|inf|nan)\b/,
    /\d[\w.]*/,
    new RegExp(`(?<name>[A-Za-z_:][\\w:]*)(?:${BRACES})?`),
    new RegExp(`(?<nameless>${BRACES})`),
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** A part of an expression: its text, its place, and the kind of part that it is, as a group of that name. */
type Part = RegExpMatchArray & { readonly index: number };

/** The parts of an expression that is known to be right, in their order. */
export const partsOf = (expr: string): readonly Part[] => [...expr.matchAll(PARTS)];

/** A condition on a label, between the braces of a selector. */
const MATCHER = /([A-Za-z_]\w*|"(?:\\.|[^"\\])*")\s*(=~|!~|!=|=)\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)/g;

type ScannedMatcher = MetricSelector['matchers'][number];

const cache = new Map<string, readonly MetricSelector[]>();
const MAX_CACHED = 10_000;

/**
 * The selectors of an expression that is known to be right, in their order: a tenth of the time of parsing it. The expressions of our
 * alerts, panels and runbooks are known to be right, because the rules are checked in each render, and the others by the tests. A selector
 * without a name is not among them.
 */
export function scanned(expr: string): readonly MetricSelector[] {
  const found = cache.get(expr) ?? partsOf(expr).flatMap(({ 0: text, groups }) => selectorOf(text, groups));
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(expr, found);
  return found;
}

/** One part of an expression, if it is a selector. */
function selectorOf(text: string, groups: Partial<Record<string, string>> = {}): MetricSelector[] {
  const { name } = groups;
  return name === undefined ? [] : [{ metric: name, matchers: matchersOf(text.slice(name.length)) }];
}

const matchersOf = (text: string): readonly ScannedMatcher[] =>
  [...text.matchAll(MATCHER)].map(([, label = '', op, value = '']) => ({
    label: label.startsWith('"') ? textOf(label) : label,
    op: op as ScannedMatcher['op'],
    value: textOf(value),
  }));
