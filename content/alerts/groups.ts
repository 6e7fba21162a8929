import type { AlertGroup } from './alert';
import { SERVICE_ALERTS } from './services';
import { STACK_ALERTS } from './stack';

/** Every alert that there is, in the order of the rule files and of the documentation. */
export const ALERT_GROUPS: readonly AlertGroup[] = [...STACK_ALERTS, ...SERVICE_ALERTS];
