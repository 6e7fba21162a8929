import type { DesiredState } from '../doctor/desired-state';
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';

/** One run of `monitor-test`: what its checks share. */
export interface TestRun {
  readonly kubectl: Kubectl;
  readonly desired: DesiredState;
  readonly expected: Expected;
  /** Aborted when the operator presses Ctrl-C. */
  readonly signal: AbortSignal;
}
