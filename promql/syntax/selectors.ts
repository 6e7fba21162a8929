/** Selectors and lists of labels, from the nodes of the parser's tree. */
import type { LabelName, Matcher, Selector, Unknown } from './ast';
import { textOf } from './literals';
import type { SyntaxNode } from './node';
import { type Source, spanOf } from './source';

/** A selector; unknown where its name holds a variable. */
export function selectorOf(node: SyntaxNode, source: Source): Selector | Unknown {
  const identifier = node.getChild('Identifier');
  const quoted = quotedNamesOf(node)[0] ?? null;
  if (identifier !== null && source.variableIn(identifier) !== undefined) return { kind: 'unknown', ...spanOf(node) };
  const matchers = matchersOf(node, source);
  const named = matchers.find(({ label }) => label.name === '__name__');
  const nameNode = identifier ?? quoted;
  const names = identifier ? [source.text(identifier)] : quoted ? [textOf(source.text(quoted))] : namesOf(named);
  return {
    kind: 'selector',
    ...spanOf(node),
    names,
    nameSpan: nameNode === null ? (named ?? spanOf(node)) : spanOf(nameNode),
    matchers: matchers.filter((matcher) => matcher !== named),
  };
}

/** Names between braces and quotes. */
export const quotedNamesOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  node.getChild('LabelMatchers')?.getChildren('QuotedLabelName') ?? [];

/** They are checked first, and then used. */
const made = new WeakMap<SyntaxNode, readonly Matcher[]>();

/** The matchers of a selector. */
export function matchersOf(node: SyntaxNode, source: Source): readonly Matcher[] {
  const known = made.get(node) ?? allMatchersOf(node, source);
  made.set(node, known);
  return known;
}

const allMatchersOf = (node: SyntaxNode, source: Source): readonly Matcher[] =>
  ['UnquotedLabelMatcher', 'QuotedLabelMatcher']
    .flatMap((name) => node.getChild('LabelMatchers')?.getChildren(name) ?? [])
    .map((matcher) => matcherOf(matcher, source))
    .sort((a, b) => a.from - b.from);

/** Names that a matcher on `__name__` selects: one, or the alternatives of a plain regular expression. */
function namesOf(matcher: Matcher | undefined): readonly string[] {
  if (matcher?.op === '=') return [matcher.value];
  return matcher?.op === '=~' && /^[\w:]+(\|[\w:]+)*$/.test(matcher.value) ? matcher.value.split('|') : [];
}

function matcherOf(node: SyntaxNode, source: Source): Matcher {
  const [name, op, value] = [node.firstChild, node.getChild('MatchOp'), node.getChild('StringLiteral')];
  if (name === null || op === null || value === null) throw new Error(`half a matcher: ${source.text(node)}`);
  return {
    ...spanOf(node),
    label: labelOf(name, source),
    op: source.text(op) as Matcher['op'],
    value: textOf(source.text(value)),
    valueSpan: spanOf(value),
  };
}

function labelOf(node: SyntaxNode, source: Source): LabelName {
  const written = source.text(node);
  const name = node.name === 'LabelName' ? written : textOf(written);
  return { ...spanOf(node), name, variable: source.variableIn(node) !== undefined };
}

/** The labels of a list between parentheses; none where there is no list. */
export function labelsOf(node: SyntaxNode | null | undefined, source: Source): readonly LabelName[] {
  if (!node) return [];
  const names = [...node.getChildren('LabelName'), ...node.getChildren('QuotedLabelName')];
  return names.map((name) => labelOf(name, source)).sort((a, b) => a.from - b.from);
}
