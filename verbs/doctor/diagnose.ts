/** Finds what is wrong, why, and what to do next, in what was read. It sends no request and changes nothing. */
import type { Manifest } from '../../stack/checks/manifest';
import type { State } from '../state';
import { claimFindings, fullClaims } from './claims';
import type { DesiredState } from './desired-state';
import { driftFindings, strangerFindings } from './drift';
import { type Finding, upstream } from './finding';
import { outsideFindings, targetFindings } from './jan-server';
import { networkFindings } from './network';
import { clockFindings, notificationFindings, refusedFindings, retentionFindings } from './runtime';
import { adminFindings, changedSecrets, secretFindings } from './secrets';
import { senderFindings } from './senders/find';
import type { Survey } from './survey';
import { workloadFindings } from './workloads';

/** What keeps the programs from running; an empty list means that all are ready. `monitor-up` waits for that. */
export const diagnoseStart = (desired: DesiredState, state: State): Finding[] =>
  upstream([
    ...desired.claims.flatMap((claim) => claimFindings(desired, claim, state, null)),
    ...secretFindings(desired, state),
    ...desired.controllers.flatMap((entry) => workloadFindings(desired, entry, state, new Map())),
  ]);

/**
 * Every problem; an empty list means healthy. What other problems explain is left out.
 * @param debugging the objects as `monitor-dev` applies them
 */
export const diagnose = (desired: DesiredState, survey: Survey, debugging: () => readonly Manifest[]): Finding[] =>
  upstream([
    ...desired.claims.flatMap((claim) => claimFindings(desired, claim, survey, survey.classes)),
    ...fullClaims(desired, survey),
    ...secretFindings(desired, survey),
    ...driftFindings(desired, survey, debugging),
    ...desired.controllers.flatMap((entry) => workloadFindings(desired, entry, survey, survey.logs)),
    ...adminFindings(desired, survey),
    ...changedSecrets(desired, survey),
    ...strangerFindings(desired, survey),
    ...networkFindings(desired, survey),
    ...outsideFindings(desired, survey),
    ...targetFindings(desired, survey),
    ...senderFindings(desired, survey),
    ...retentionFindings(desired, survey),
    ...notificationFindings(desired, survey),
    ...clockFindings(desired, survey),
    ...refusedFindings(desired, survey),
  ]);
