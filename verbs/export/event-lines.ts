/** Events as lines. */
import type { ClusterEvent } from '../objects';

/** Where `kubectl apply` keeps a copy of the object. */
export const ANNOTATION_OF_APPLY = 'kubectl.kubernetes.io/last-applied-configuration';

/** An event as a line that begins with its time. */
export function eventLine(event: ClusterEvent & { readonly count?: number }): string {
  const { type = '', reason = '', message = '', involvedObject, count = 1, lastTimestamp, eventTime, metadata } = event;
  const time = lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
  const object = `${involvedObject.kind}/${involvedObject.name}`;
  return `${time}  ${type}  ${reason}  ${object}  ${count} times  ${message.replaceAll('\n', ' ')}\n`;
}
