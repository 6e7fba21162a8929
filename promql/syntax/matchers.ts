/** What a matcher accepts. */
import { patternOf } from '../regex';
import type { Matcher } from './ast';

/** Whether a matcher holds for no series without its label. */
export function demandsValue({ op, value }: Pick<Matcher, 'op' | 'value'>): boolean {
  if (op === '=') return value !== '';
  if (op === '!=') return value === '';
  const emptyFits = fits(value, '');
  return op === '=~' ? !emptyFits : emptyFits;
}

/** Whether a regular expression, anchored as in PromQL, fits a text; false where it is none. */
export function fits(pattern: string, text: string): boolean {
  const read = patternOf(pattern);
  return read.ok && read.fits(text);
}

/** Whether a text of a panel holds one of Grafana's variables. */
export const hasVariable = (text: string): boolean => /\$\w|\$\{|\[\[\w/.test(text);
