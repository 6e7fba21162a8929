import type { AlertGroup } from '../../contract/alert';
import { SERVICE_ALERTS } from '../services/alerts';
import { STACK_ALERTS } from '../stack-alerts';

/** Every alert that there is, in the order of the rule files and of the documentation. */
export const ALERT_GROUPS: readonly AlertGroup[] = [...STACK_ALERTS, ...SERVICE_ALERTS];
