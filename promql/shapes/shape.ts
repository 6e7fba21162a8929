/** What is known of the value of an expression before it runs: type, labels, and whether it can be empty. */

import type { ValueType } from '../functions';
import type { Series } from '../metric';
import type { Labels } from './labels';

/** What is known of the value of an expression. */
export interface Shape {
  /** undefined: it is a variable of Grafana, or a function that is not known. */
  readonly type: ValueType | undefined;
  /** Labels of its series; undefined: they are not known. */
  readonly labels: Labels | undefined;
  /** The series whose values these are, or sums or selections of them; undefined: computed, or not known. */
  readonly raw: readonly Series[] | undefined;
  /** Whether its values are native histograms; undefined: not known. */
  readonly native: boolean | undefined;
  /** Whether it never has series, whatever runs: no program emits the name, or the sides never match. */
  readonly empty: boolean;
  /** Whether its values follow from the expression alone. */
  readonly constant: boolean;
}

/** Nothing is known. */
export const NOTHING_KNOWN: Shape = {
  type: undefined,
  labels: undefined,
  raw: undefined,
  native: undefined,
  empty: false,
  constant: false,
};

const NO_LABELS: Labels = new Map();

export const SCALAR: Shape = { ...NOTHING_KNOWN, type: 'scalar', labels: NO_LABELS, native: false };
export const CONSTANT: Shape = { ...SCALAR, constant: true };
export const TEXT: Shape = { ...NOTHING_KNOWN, type: 'string', labels: NO_LABELS, constant: true };
/** A vector of one series without labels. */
export const LONE_VECTOR: Shape = { ...SCALAR, type: 'vector' };

/** The shape of a computed value: of its operand, only the labels and the emptiness are known. */
export const computed = (shape: Shape, type: ValueType = 'vector'): Shape => ({
  ...shape,
  type,
  raw: undefined,
  constant: false,
});

/** Whether a series counts up, so that only its change has a meaning: counters, the parts of histograms and summaries, and native histograms. */
export const counts = ({ metric, part }: Series): boolean =>
  metric.type === 'counter' || metric.type === 'native histogram' || part !== 'value';
