/** The pods of senders: webhooks add sidecars, labels and variables to them, which their workloads do not have. */
import type { Pod } from '../../objects';
import { hasEnded } from '../../state';
import type { Survey } from '../survey';
import { listenersOf } from './listeners';
import { IS_TELEMETRY, type SenderWorkload } from './workload';

/** The pods of a sender that run or will run, the newest last. */
export function podsOfSender({ namespace, labels }: SenderWorkload, { neighbours }: Pick<Survey, 'neighbours'>): Pod[] {
  const hasLabels = ({ metadata }: Pod) =>
    Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value);
  return (neighbours.get(namespace)?.pods ?? [])
    .filter((pod) => hasLabels(pod) && !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined)
    .sort((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''));
}

/** The senders, each as its newest pod has it. */
export const liveSenders = (survey: Survey): readonly SenderWorkload[] =>
  survey.senders.map((sender) => {
    const pod = podsOfSender(sender, survey).at(-1);
    return pod === undefined ? sender : asIn(pod, sender);
  });

function asIn({ spec }: Pod, sender: SenderWorkload): SenderWorkload {
  const values = new Map(sender.values);
  for (const { name, value, valueFrom } of spec.containers.find(({ name }) => name === sender.container)?.env ?? []) {
    // A webhook leaves the variables alone that are there.
    if (IS_TELEMETRY.test(name) && !values.has(name)) values.set(name, valueFrom === undefined ? (value ?? '') : null);
  }
  return {
    ...sender,
    ...listenersOf(spec, sender.container),
    isOnHost: spec.hostNetwork ?? sender.isOnHost,
    values,
  };
}
