/** Claims: that they exist, are bound, are what is rendered, and have room. */
import { bytes } from '../../config/units';
import type { Claim, Pod } from '../objects';
import { podsOf, type State } from '../state';
import {
  CLAIM_DELETED,
  CLAIM_LOST,
  CLAIM_MISSING,
  CLAIM_PENDING,
  CLASS_MISSING,
  NO_DEFAULT_CLASS,
} from './causes/claims';
import { CLAIM_CLASS, CLAIM_FULL, CLAIM_SMALL } from './causes/volumes';
import type { DesiredClaim, DesiredState } from './desired-state';
import { eventsOf, newest } from './events';
import { type Finding, findingOf } from './finding';
import type { StorageClass, Survey } from './survey';

const partOf = (claim: string) => `PersistentVolumeClaim/${claim}`;
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/**
 * What is wrong with a claim that should exist.
 * @param classes null: they were not read
 */
export function claimFindings(
  desired: DesiredState,
  wanted: DesiredClaim,
  state: State,
  classes: readonly StorageClass[] | null,
): Finding[] {
  const { name } = wanted;
  const claim = state.claims.find(({ metadata }) => metadata.name === name);
  const part = partOf(name);
  if (claim === undefined) return wanted.isRendered ? [findingOf(desired, CLAIM_MISSING, { part, details: null })] : [];
  if (claim.metadata.deletionTimestamp !== undefined)
    return [findingOf(desired, CLAIM_DELETED, { part, details: null })];
  const phase = claim.status?.phase;
  if (phase === 'Lost') return [findingOf(desired, CLAIM_LOST, { part, details: null })];
  if (phase === 'Bound') return differences(desired, wanted, claim);
  const pending = pendingFinding(desired, claim, state, classes);
  return wanted.isForJobs && pending.id === CLAIM_PENDING.id && isWaiting(claim, state) ? [] : [pending];
}

/** The events of a claim whose class waits for its first pod: as long as that cannot be scheduled, the claim is not the cause. */
const WAITS = /^(WaitForFirstConsumer|WaitForPodScheduled)$/;

/** Whether nothing is known of it but that its class waits for a pod. */
function isWaiting(claim: Claim, { events }: State): boolean {
  const event = newest(eventsOf(events, claim));
  return event === undefined || WAITS.test(event.reason ?? '');
}

/** The reason why a claim is pending is its class, or in its events. */
function pendingFinding(
  desired: DesiredState,
  claim: Claim,
  state: State,
  classes: readonly StorageClass[] | null,
): Finding {
  const { name } = claim.metadata;
  const className = claim.spec.storageClassName ?? null;
  const event = newest(eventsOf(state.events, claim));
  const message = event?.message ?? '';
  const details = { claim: name, className, message, existing: classes?.map(({ metadata }) => metadata.name) ?? [] };
  const part = partOf(name);
  if (classes !== null) {
    const hasDefault = classes.some(({ metadata: { annotations } }) => annotations?.[DEFAULT_CLASS] === 'true');
    if (className === null && !hasDefault) return findingOf(desired, NO_DEFAULT_CLASS, { part, details });
    if (className !== null && !details.existing.includes(className))
      return findingOf(desired, CLASS_MISSING, { part, details });
  }
  const users = WAITS.test(event?.reason ?? '')
    ? state.controllers.filter((one) => podsOf(state, one).some((pod) => mounts(pod, name)))
    : [];
  const dependsOn = users.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  return findingOf(desired, CLAIM_PENDING, { part, details }, { dependsOn });
}

/** A bound claim that is not the one that is rendered. */
function differences(desired: DesiredState, wanted: DesiredClaim, { spec, status }: Claim): Finding[] {
  const part = partOf(wanted.name);
  const { storageClassName: className = '', resources } = spec;
  const size = resources?.requests?.storage ?? status?.capacity?.storage ?? wanted.size;
  const capacity = status?.capacity?.storage ?? size;
  const details = { claim: wanted.name, className, size, wanted };
  return [
    ...(wanted.className !== null && className !== wanted.className
      ? [findingOf(desired, CLAIM_CLASS, { part, details })]
      : []),
    // A volume may be larger than its claim.
    ...(quantityBytes(size) < quantityBytes(wanted.size) && quantityBytes(capacity) < quantityBytes(wanted.size)
      ? [findingOf(desired, CLAIM_SMALL, { part, details })]
      : []),
  ];
}

/** The bytes in a quantity of the API server, which may have another unit than ours. */
export function quantityBytes(text: string): number {
  const [, number = '0', unit = ''] = /^([\d.]+)([kMGTPE]i?)?$/.exec(text) ?? [];
  if (unit.endsWith('i')) return bytes(`1${unit}`) * Number(number);
  return Number(number) * 1000 ** ('kMGTPE'.indexOf(unit) + (unit === '' ? 0 : 1));
}

/** Share of a claim at which writes begin to fail: file systems keep a reserve. */
const FULL = 0.98;
const NO_SPACE = /no space left on device|disk quota exceeded/i;

/** Claims without room, by the kubelet's figures, or by what the programs write to their logs. */
export function fullClaims(desired: DesiredState, { series, logs, pods, claims }: Survey): Finding[] {
  return claims.flatMap(({ metadata: { name } }) => {
    const usage = series?.claimUsage.find(
      ({ labels }) => labels.persistentvolumeclaim === name && labels.namespace === desired.namespace,
    )?.value;
    const complaint = pods
      .filter((pod) => mounts(pod, name))
      .flatMap((pod) => pod.spec.containers.map(({ name: container }) => logs.get(`${pod.metadata.name}/${container}`)))
      .map((log) => log?.split('\n').find((line) => NO_SPACE.test(line)))
      .find((line) => line !== undefined);
    // A log says what was: where the kubelet says that there is room again, the log is old.
    const isFull = usage === undefined ? complaint !== undefined : usage >= FULL;
    if (!isFull) return [];
    const details = { claim: name, usage: usage ?? null, complaint: complaint ?? null };
    return [findingOf(desired, CLAIM_FULL, { part: partOf(name), details })];
  });
}

const mounts = ({ spec }: Pod, claim: string): boolean =>
  spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim) ?? false;
