/** What the smoke test has found. */
import { type AnyCause, entryOf } from '../../cause';
import { METRIC_LOST, QUEUE_WAITS, REFUSED, TARGET_DOWN, TRACE_LOST, UNREACHABLE, UNRESOLVED } from './arrival';
import {
  CLAIM_FULL,
  CLOCKS_DIFFER,
  DATASOURCE_FAILS,
  GRAFANA_UNWELL,
  JOB_FAILED,
  NOT_FORWARDED,
  NOTIFICATIONS_FAIL,
  RULE_FAILS,
  RULE_GROUP_LATE,
  UNCHECKED,
  WATCHDOG_MISSING,
} from './programs';

export * from './arrival';
export type { Found } from './cause';
export * from './programs';

/** In the order of the page. */
export const SMOKE_CAUSES: readonly AnyCause[] = [
  UNRESOLVED,
  UNREACHABLE,
  REFUSED,
  TRACE_LOST,
  METRIC_LOST,
  TARGET_DOWN,
  RULE_FAILS,
  RULE_GROUP_LATE,
  WATCHDOG_MISSING,
  NOTIFICATIONS_FAIL,
  QUEUE_WAITS,
  CLAIM_FULL,
  CLOCKS_DIFFER,
  GRAFANA_UNWELL,
  DATASOURCE_FAILS,
  NOT_FORWARDED,
  UNCHECKED,
  JOB_FAILED,
].map(entryOf);
