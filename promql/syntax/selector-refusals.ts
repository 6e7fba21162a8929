/** Selectors, their conditions and texts that Prometheus refuses (Prometheus 3.16, promql/parser/parse.go and generated_parser.y). */

import { unquoted } from '../go-literals';
import { patternOf } from '../regex';
import type { Check } from './duration-refusals';
import { demandsValue, hasVariable } from './matchers';
import { matchersOf, quotedNamesOf } from './selectors';

/** A selector has one name, or a condition that a missing label does not meet: it would otherwise select every series. */
export const selector: Check = (node, source) => {
  const identifier = node.getChild('Identifier');
  const quoted = quotedNamesOf(node);
  const matchers = matchersOf(node, source);
  const names = (identifier === null ? 0 : 1) + quoted.length;
  if (names > 1 || (identifier !== null && matchers.some(({ label }) => label.name === '__name__')))
    return 'a selector with two names';
  if (identifier !== null && source.text(identifier).toLowerCase() === 'atan2') return 'atan2 is an operator';
  if (names === 1 || source.variableIn(node) !== undefined) return undefined;
  return matchers.some(({ op, value }) => (source.isPanel && hasVariable(value)) || demandsValue({ op, value }))
    ? undefined
    : 'a selector needs a name, or a condition that a missing label does not meet: it would read every series';
};

/** Escapes of single bytes that are not UTF-8, as names and regular expressions must be. */
const SINGLE_BYTES = /(?<!\\)(?:\\\\)*\\(?:x[89a-fA-F][0-9a-fA-F]|[23][0-7]{2})/;

/** A condition on a label. */
export const matcher: Check = (node, source) => {
  const value = node.getChild('StringLiteral');
  const op = node.getChild('MatchOp');
  if (value === null || op === null || !source.text(op).endsWith('~')) return undefined;
  const written = source.text(value);
  if (!written.startsWith('`') && SINGLE_BYTES.test(written))
    return 'a regular expression is text: write \\u00e9, not \\xe9';
  const text = unquoted(written);
  if (text === undefined || (source.isPanel && hasVariable(text))) return undefined;
  const pattern = patternOf(text);
  return pattern.ok ? undefined : `no regular expression of RE2: ${pattern.why}`;
};

/** A name between quotes. */
export const quotedName: Check = (node, source) =>
  !source.text(node).startsWith('`') && SINGLE_BYTES.test(source.text(node)) ? 'a name is text in UTF-8' : undefined;

/** A text between quotes. */
export const literal: Check = (node, source) =>
  unquoted(source.text(node)) === undefined ? 'no text: an escape that PromQL does not know, or no end' : undefined;
