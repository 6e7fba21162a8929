import type { ClusterEvent, Meta } from '../objects';

/** The newest of events in chronological order. */
export const newest = (events: readonly ClusterEvent[]): ClusterEvent | undefined => events.at(-1);

/** The events of an object. */
export const eventsOf = (events: readonly ClusterEvent[], { metadata }: Meta): readonly ClusterEvent[] =>
  events.filter(({ involvedObject }) => involvedObject.uid === metadata.uid);
