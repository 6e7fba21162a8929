import { seconds } from '../../config/units';
import type { Severity } from '../../content/alerts/alert';
import { WATCHDOG } from '../../content/alerts/watchdog';
import { DEAD_MANS_SWITCH, NO_RECEIVER } from './receivers';
import type { AlertmanagerSettings } from './schema';

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** The `route` section: a route for each receiver, so that each has its own groups and its own notification log. */
export function routeConfig(config: AlertmanagerSettings) {
  const { groupBy, groupWait, groupInterval, repeatInterval, receivers } = config;
  return {
    receiver: NO_RECEIVER,
    group_by: groupBy,
    group_wait: groupWait,
    group_interval: groupInterval,
    repeat_interval: repeatInterval,
    routes: [
      watchdogRoute(config),
      ...receivers.flatMap(({ name }) => {
        const severities = SEVERITIES.filter((severity) => receiversOf(config, severity).includes(name));
        return severities.length === 0 ? [] : [{ matchers: [matcher(severities)], receiver: name, continue: true }];
      }),
    ],
  };
}

/** Names of the receivers of a severity. */
function receiversOf({ routes, receivers }: AlertmanagerSettings, severity: Severity): readonly string[] {
  return routes[severity] ?? receivers.slice(0, 1).map(({ name }) => name);
}

/** Receivers of warnings also get alerts without a known severity, so that no alert of a user is lost because of a label. */
function matcher(severities: readonly Severity[]): string {
  if (!severities.includes('warning')) return `severity=~"${severities.join('|')}"`;
  const others = SEVERITIES.filter((severity) => !severities.includes(severity));
  return others.length === 0 ? 'alertname!=""' : `severity!~"${others.join('|')}"`;
}

/**
 * A group is flushed every `group_interval`, and repeated only if `repeat_interval` has passed since the last notification, which was sent
 * a moment after its flush. So `repeat_interval` is shorter; otherwise every second heartbeat would be skipped.
 */
function watchdogRoute({ deadMansSwitch }: AlertmanagerSettings) {
  const matchers = [`alertname="${WATCHDOG}"`];
  if (deadMansSwitch === null) return { matchers, receiver: NO_RECEIVER };
  const { interval } = deadMansSwitch;
  return {
    matchers,
    receiver: DEAD_MANS_SWITCH,
    group_wait: '0s',
    group_interval: interval,
    repeat_interval: `${seconds(interval) / 2}s`,
  };
}
