/** Finds what is wrong with a stack, why, and what to do next, in the state that was read. It sends no request and changes nothing. */
import type { State } from '../state';
import { claimFindings } from './claims';
import type { DesiredState } from './desired-state';
import { type Finding, upstream } from './finding';
import { secretFindings } from './secrets';
import { workloadFindings } from './workloads';

/** What keeps the programs from running; an empty list means that all are ready. */
export const diagnoseStart = (desired: DesiredState, state: State): Finding[] =>
  upstream([
    ...desired.claims.flatMap((name) => claimFindings(desired, name, state)),
    ...secretFindings(desired, state),
    ...desired.controllers.flatMap((entry) => workloadFindings(desired, entry, state)),
  ]);
