import type { Emitter } from '../promql/metric';

/** The first emitter that an expression needs and that is off; undefined: all are on. */
export type MissingSource = (expr: string) => Emitter | undefined;
