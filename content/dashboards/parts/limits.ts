/** Limits of values that several dashboards show. */
import type { Limits } from '../spec';

/** A share that fails. */
export const FAILING: Limits = { warning: 0.01, critical: 0.05 };
/** What is left of an error budget: below zero the objective is missed. */
export const BUDGET: Limits = { warning: 0.25, critical: 0 };
