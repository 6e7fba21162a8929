/** What does not fit together in the settings of Alertmanager. */
import type { AlertmanagerSettings } from '../../charts/alertmanager/schema';
import type { Unplaced } from '../../config/problems';
import { uniqueBy } from '../../config/unique';
import { seconds } from '../../config/units';
import { nearest } from '../../promql/nearest';
import type { Settings } from '../settings';

type Problems = readonly Unplaced[];

/** Everything that does not fit together. */
export const alertmanagerProblems = ({ alertmanager, prometheus }: Settings): Problems => [
  ...uniqueBy(
    'alertmanager.receivers',
    alertmanager.receivers.map(({ name }) => name),
  ),
  ...unknownReceivers(alertmanager),
  ...passwordWithoutUser(alertmanager),
  ...repeatsTooSoon(alertmanager),
  ...tellsNobody(alertmanager),
  ...replicaLabelGroups(alertmanager, prometheus.replicas > 1 ? prometheus.replicaLabel : null),
];

function unknownReceivers({ receivers, routes }: AlertmanagerSettings): Problems {
  const names = receivers.map(({ name }) => name);
  return Object.entries(routes).flatMap(([severity, wanted]) =>
    (wanted ?? [])
      .filter((name) => !names.includes(name))
      .map((name) => {
        const guess = nearest(name, names);
        return {
          path: `alertmanager.routes.${severity}`,
          value: name,
          allowed: names.length === 0 ? 'names of receivers, of which there are none' : `of ${names.join(', ')}`,
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
      allowed: 'passwordSecret only with user: without a user name nobody logs in',
      fix: `set user of ${name}`,
    }));

/** A group that has not changed is told again at the first look after the repeat interval: a shorter one cannot be kept. */
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

/** Who writes receivers down means them to be told. */
const tellsNobody = ({ enabled, receivers, deadMansSwitch }: AlertmanagerSettings): Problems =>
  enabled || (receivers.length === 0 && deadMansSwitch === null)
    ? []
    : [
        {
          path: 'alertmanager.enabled',
          value: 'false',
          allowed: 'true with alertmanager.receivers or alertmanager.deadMansSwitch: nobody else would tell them',
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
          allowed: 'labels that alerts have; prometheus.replicaLabel is dropped, so that two Prometheus tell one alert',
          fix: `remove ${replicaLabel}`,
        },
      ]
    : [];
