/** Types and helpers of all rules. */

import type { Finding, Level } from '../finding';
import type { Analysis } from '../shapes/analysis';
import type { Expr, Span } from '../syntax/ast';

/** Checks one part of an expression. */
export type Rule = (expr: Expr, analysis: Analysis) => readonly Finding[];

const findingOf = (level: Level) => (rule: string, at: Span, message: string, fix?: string) => [
  { rule, level, from: at.from, to: at.to, message, ...(fix === undefined ? {} : { fix }) },
];

/** It yields no data, or wrong numbers. */
export const error = findingOf('error');
/** It may mislead, or cost. */
export const warning = findingOf('warning');
/** It works where something is on, or is set. */
export const depends = findingOf('depends');

/** Nothing is wrong. */
export const NONE: readonly Finding[] = [];

/** Names in a sentence. */
export const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
