import type { Controller } from '../objects';
import { isReady, podsOf, type State } from '../state';
import {
  ADMISSION,
  LIMIT_RANGE,
  PODS_MISSING,
  QUOTA,
  ROLLOUT,
  SCALED_DOWN,
  WORKLOAD_MISSING,
} from './causes/workloads';
import type { DesiredState } from './desired-state';
import { newest } from './events';
import { type Finding, findingOf } from './finding';
import { isHealthy, podFinding } from './pods';

/**
 * What is wrong with a workload that should exist.
 * @param logs the last lines of containers, by `pod/container`
 */
export function workloadFindings(
  desired: DesiredState,
  { kind, name, replicas: rendered }: DesiredState['controllers'][number],
  state: State,
  logs: ReadonlyMap<string, string>,
): Finding[] {
  const part = `${kind}/${name}`;
  const found = state.controllers.find((controller) => controller.kind === kind && controller.metadata.name === name);
  if (found === undefined) return [findingOf(desired, WORKLOAD_MISSING, { part, details: null })];
  const replicas = found.spec.replicas ?? 1;
  if (rendered !== null && replicas < rendered)
    return [findingOf(desired, SCALED_DOWN, { part, details: { replicas, rendered } })];
  if (isReady(found)) return [];
  const pods = podsOf(state, found);
  if (pods.length < replicas && pods.every(isHealthy)) return [missingPods(desired, part, found, pods.length, state)];
  const findings = grouped(
    pods.map((pod) => ({ pod: pod.metadata.name, finding: podFinding(desired, part, pod, state, logs) })),
  );
  return findings.length > 0 ? findings : [findingOf(desired, ROLLOUT, { part, details: null })];
}

/** Pods of one workload usually have the same problem: it is reported once, for the first pod. */
function grouped(found: readonly { readonly pod: string; readonly finding: Finding | undefined }[]): Finding[] {
  const groups = new Map<string, { readonly first: Finding; readonly others: string[] }>();
  for (const { pod, finding } of found) {
    if (finding === undefined) continue;
    const key = finding.cause.replaceAll(pod, '');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: finding, others: [] });
    else group.others.push(pod);
  }
  return [...groups.values()].map(({ first, others }) =>
    others.length === 0 ? first : { ...first, cause: `${first.cause} (also ${others.join(', ')})` },
  );
}

/** Pods were not created: admission rejected them, or a quota is full. The event is on the workload, or on the Deployment's ReplicaSet. */
function missingPods(
  desired: DesiredState,
  part: string,
  { metadata }: Controller,
  count: number,
  state: State,
): Finding {
  const event = newest(
    state.events.filter(
      ({ reason, involvedObject: { name } }) =>
        reason === 'FailedCreate' && (name === metadata.name || name.startsWith(`${metadata.name}-`)),
    ),
  );
  if (event === undefined) return findingOf(desired, PODS_MISSING, { part, details: { count } });
  const { message = '' } = event;
  const cause = /quota/i.test(message)
    ? QUOTA
    : /(minimum|maximum) \S+ usage per|(cpu|memory) max limit to request ratio/i.test(message)
      ? LIMIT_RANGE
      : ADMISSION;
  return findingOf(desired, cause, { part, details: { message } });
}
