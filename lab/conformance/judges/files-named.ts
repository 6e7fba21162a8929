import type { PodRoot } from '../pod-root';
import type { Judgement } from '../verdicts';

/** Every file that a configuration names by a `…_file` key must be in the pod: the checks of Prometheus' tools pass those that are not. */
export const filesNamed = (content: unknown, root: PodRoot): Judgement[] =>
  namesIn(content).map((file) => ({ subject: file, problem: root.has(file) ? null : 'no such file in the pod' }));

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key.endsWith('_file') && typeof entry === 'string' ? [entry] : namesIn(entry),
  );
}
