import type { AlertmanagerSettings } from '../../charts/alertmanager/schema';
import type { Unplaced } from '../../config/problems';
import { uniqueBy } from '../../config/unique';
import { seconds } from '../../config/units';
import { nearest } from '../../promql/nearest';
import type { Settings } from '../settings';

/** Conflicts in the settings of Alertmanager. */

type Problems = readonly Unplaced[];

/** Every conflict. */
export const alertmanagerProblems = ({ alertmanager, prometheus }: Settings): Problems => [
  ...uniqueBy(
    'alertmanager.receivers',
    alertmanager.receivers.map(({ name }) => name),
  ),
  ...unknownReceivers(alertmanager),
  ...passwordWithoutUser(alertmanager),
  ...repeatsTooSoon(alertmanager),
  ...unusedReceivers(alertmanager),
  ...replicaLabelGroups(alertmanager, prometheus.replicas > 1 ? prometheus.replicaLabel : null),
];

function unknownReceivers({ receivers, routes }: AlertmanagerSettings): Problems {
  const names = receivers.map(({ name }) => name);
  return Object.entries(routes).flatMap(([severity, routed]) =>
    (routed ?? [])
      .filter((name) => !names.includes(name))
      .map((name) => {
        const guess = nearest(name, names);
        return {
          path: `alertmanager.routes.${severity}`,
          value: name,
          allowed: names.length === 0 ? 'the name of a receiver; there are none' : `one of ${names.join(', ')}`,
          fix: guess === undefined ? `add a receiver ${name} to alertmanager.receivers` : `did you mean ${guess}?`,
        };
      }),
  );
}

const passwordWithoutUser = ({ receivers }: AlertmanagerSettings): Problems =>
  receivers
    .filter((entry) => entry.type === 'email' && entry.user === null && entry.passwordSecret !== null)
    .map(({ name }) => ({
      path: 'alertmanager.receivers',
      value: name,
      allowed: 'passwordSecret only with user: a login needs a user name',
      fix: `set user of ${name}`,
    }));

/** Alertmanager repeats a notification only when it flushes the group, every groupInterval: a shorter repeatInterval has no effect. */
const repeatsTooSoon = ({ groupInterval, repeatInterval }: AlertmanagerSettings): Problems =>
  seconds(repeatInterval) >= seconds(groupInterval)
    ? []
    : [
        {
          path: 'alertmanager.repeatInterval',
          value: repeatInterval,
          allowed: `at least alertmanager.groupInterval, ${groupInterval}`,
          fix: `alertmanager.repeatInterval: ${groupInterval}, or a shorter alertmanager.groupInterval`,
        },
      ];

/** Receivers of an Alertmanager that is disabled would get no notifications. */
const unusedReceivers = ({ enabled, receivers, deadMansSwitch }: AlertmanagerSettings): Problems =>
  enabled || (receivers.length === 0 && deadMansSwitch === null)
    ? []
    : [
        {
          path: 'alertmanager.enabled',
          value: 'false',
          allowed: 'true with alertmanager.receivers or alertmanager.deadMansSwitch: only Alertmanager notifies them',
          fix: 'alertmanager.enabled: true, or remove the receivers',
        },
      ];

/** The label is dropped before Alertmanager sees the alert. */
const replicaLabelGroups = ({ groupBy }: AlertmanagerSettings, replicaLabel: string | null): Problems =>
  replicaLabel !== null && groupBy.includes(replicaLabel)
    ? [
        {
          path: 'alertmanager.groupBy',
          value: replicaLabel,
          allowed:
            'labels of alerts; prometheus.replicaLabel is dropped, so that Alertmanager deduplicates the alerts of both replicas',
          fix: `remove ${replicaLabel}`,
        },
      ]
    : [];
