import { selector } from '../../../metrics/spans';

const FIRING = ['alertstate="firing"', 'severity=~"critical|warning"'];

/**
 * How many alerts fire. It is 0 only if Prometheus evaluates alerts: the alert Watchdog always fires then. If Grafana evaluates them,
 * Prometheus has no series of alerts, and there is no result.
 * @param about matchers of alerts, each of another kind of alert: one that matches any of them counts once. @default - all
 */
export function firingAlerts(...about: readonly string[]): string {
  const kinds = about.length === 0 ? [undefined] : about;
  const firing = kinds.map((matchers) => selector('ALERTS', ...FIRING, matchers)).join(' or ');
  return `count(${firing}) or 0 * count(ALERTS)`;
}

/** What to check where the number of firing alerts has no data. */
export const NOT_EVALUATED =
  'No alert is known, not even the Watchdog: does Prometheus evaluate alerts? If Grafana does, see its page Alerting';
