/** The experiments with the stores and what they are reached by: F9 to F19, F21 to F23. */
import type { Experiment } from '../experiment';

export const STORE_EXPERIMENTS: readonly Experiment[] = [];
