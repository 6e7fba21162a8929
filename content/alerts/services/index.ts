import type { AlertGroup } from '../alert';
import { errorRateHigh, latencyHigh, routeErrorRateHigh } from './requests';
import { callsFail, noTraffic } from './traffic';

/** Alerts on every service that sends spans. */
export const spanAlerts: AlertGroup = {
  name: 'services',
  title: 'Services, from their spans',
  alerts: [errorRateHigh, routeErrorRateHigh, latencyHigh, noTraffic, callsFail],
};
