import type { AlertGroup } from '../contract/alert';

/** placeholder until merged */
export const STACK_ALERTS: readonly AlertGroup[] = [];
