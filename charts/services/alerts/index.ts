import type { AlertGroup } from '../../../contract/alert';
import { SLO_ALERTS } from '../../slo/alerts';

/** Alerts on what runs on the platform, as opposed to the stack itself. */
export const SERVICE_ALERTS: readonly AlertGroup[] = [SLO_ALERTS];
