import { SLO_ALERTS } from '../../objectives/alerts';
import type { AlertGroup } from '../alert';
import { JAN_SERVER_ALERTS } from '../jan-server';
import { VLLM_ALERTS } from '../vllm';
import { errorRateHigh, latencyHigh, routeErrorRateHigh } from './requests';
import { callsFail, noTraffic } from './traffic';

const SPANS: AlertGroup = {
  name: 'services',
  title: 'Services, from their spans',
  alerts: [errorRateHigh, routeErrorRateHigh, latencyHigh, noTraffic, callsFail],
};

/** Alerts on what runs on the platform, as opposed to the stack itself. */
export const SERVICE_ALERTS: readonly AlertGroup[] = [SPANS, ...JAN_SERVER_ALERTS, ...VLLM_ALERTS, SLO_ALERTS];
