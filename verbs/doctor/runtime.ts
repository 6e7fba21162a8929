/** What shows only while the programs run: retention, notifications, clocks. */
import { bytes } from '../../config/units';
import { hasEnded } from '../state';
import {
  CLOCK_OFF,
  NOT_PERMITTED,
  NOTIFICATIONS_FAIL,
  RETENTION_BY_SIZE,
  RETENTION_OVER_CLAIM,
} from './causes/runtime';
import { quantityBytes } from './claims';
import type { DesiredState } from './desired-state';
import { type Finding, findingOf } from './finding';
import type { Sample } from './series';
import type { Survey } from './survey';

const DAY_SECONDS = 86_400;
/** A duration of the environment file, which has one unit. */
const UNIT_SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: DAY_SECONDS,
  w: 7 * DAY_SECONDS,
  y: 365 * DAY_SECONDS,
};
const secondsOf = (duration: string): number => Number.parseFloat(duration) * (UNIT_SECONDS[duration.slice(-1)] ?? 1);

/** Prometheus keeps less than is configured, or wants more than it has. */
export function retentionFindings(desired: DesiredState, { series, claims }: Survey): Finding[] {
  const { time, size } = desired.config.prometheus.retention;
  const oldest = series?.oldest[0]?.value ?? Number.POSITIVE_INFINITY;
  const deleted = series?.deletedBySize[0]?.value ?? 0;
  const controller = desired.controllers.find(({ name }) => name === desired.places.prometheus.service);
  const part = `${controller?.kind ?? 'Deployment'}/${desired.places.prometheus.service}`;
  const early =
    deleted > 0 && oldest < secondsOf(time)
      ? [findingOf(desired, RETENTION_BY_SIZE, { part, details: { time, size, days: oldest / DAY_SECONDS } })]
      : [];
  const { name = '', each = false } = desired.places.claims.prometheus ?? {};
  const small = claims
    .filter(
      ({ metadata, status }) =>
        status?.capacity?.storage !== undefined &&
        (each ? metadata.name.startsWith(`${name}-`) : metadata.name === name),
    )
    .filter(({ status }) => quantityBytes(status?.capacity?.storage ?? '0') < bytes(size))
    .map(({ metadata, status }) => {
      const details = { claim: metadata.name, capacity: status?.capacity?.storage ?? '', size };
      return findingOf(desired, RETENTION_OVER_CLAIM, { part: `PersistentVolumeClaim/${metadata.name}`, details });
    });
  return [...early, ...small];
}

/** A line of Alertmanager's log about a notification that failed. */
const FAILED = /Notify for alerts failed|notify retry canceled|Notify attempt failed/i;

/** Receivers that do not accept notifications, one finding for each integration. */
export function notificationFindings(desired: DesiredState, { series, logs, controllers }: Survey): Finding[] {
  const alertmanager = desired.places.alertmanager;
  if (alertmanager === null) return [];
  const lines = [...logs]
    .filter(([path]) => path.startsWith(`${alertmanager.service}-`))
    .flatMap(([, log]) => log.split('\n').filter((line) => FAILED.test(line)));
  const found =
    series?.failedNotifications ??
    lines.slice(-1).map((): Sample => ({ labels: { integration: 'a receiver' }, value: 1 }));
  const kind = controllers.find(({ metadata }) => metadata.name === alertmanager.service)?.kind ?? 'Deployment';
  return found.map(({ labels: { integration = '', reason = '' } }) => {
    const line = messageOf(lines.filter((one) => one.includes(integration)).at(-1) ?? lines.at(-1) ?? '');
    return findingOf(desired, NOTIFICATIONS_FAIL, {
      part: `${kind}/${alertmanager.service}`,
      details: { integration, reason, line },
    });
  });
}

/** The error of a line in JSON or logfmt. */
function messageOf(line: string): string {
  const [, json] = /"err(?:or)?":"((?:[^"\\]|\\.)*)"/.exec(line) ?? [];
  const [, logfmt] = /\berr="?((?:[^"\\]|\\.)*)"?/.exec(line) ?? [];
  // The address of a webhook is a secret: only what follows it is kept.
  return (json ?? logfmt ?? '').replace(/\\?"?https?:\/\/[^\s"\\]+\\?"?/g, 'its address').trim();
}

/** Smallest error of a clock that counts, in seconds: a lease is renewed within a request of a few seconds. */
const SKEW_SECONDS = 10;

/** Nodes of our pods and of senders whose clock differs from the API server's. */
export function clockFindings(desired: DesiredState, { leases, pods, neighbours }: Survey): Finding[] {
  const running = [...pods, ...[...neighbours.values()].flatMap((neighbour) => neighbour.pods)].filter(
    (pod) => !hasEnded(pod),
  );
  return leases.flatMap(({ metadata, spec }) => {
    const names = running.filter((pod) => pod.spec.nodeName === metadata.name).map((pod) => pod.metadata.name);
    const written =
      metadata.managedFields
        ?.map(({ time }) => time ?? '')
        .sort()
        .at(-1) ?? '';
    const skew = (Date.parse(spec?.renewTime ?? '') - Date.parse(written)) / 1000;
    if (names.length === 0 || !(Math.abs(skew) > SKEW_SECONDS)) return [];
    return [findingOf(desired, CLOCK_OFF, { part: `Node/${metadata.name}`, details: { skew, pods: names } })];
  });
}

/** What could not be read. */
export const refusedFindings = (desired: DesiredState, { refused }: Survey): Finding[] =>
  refused.map((details) =>
    findingOf(desired, NOT_PERMITTED, {
      part: `Permission/${details.resource}${details.namespace === null ? '' : ` in ${details.namespace}`}`,
      details,
    }),
  );
