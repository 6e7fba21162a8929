import type { PodRoot } from '../pod-root';
import type { Judgement } from '../verdicts';

/** Every file of a `…_file` key must exist in the pod. promtool and amtool do not check this. */
export const filesNamed = (content: unknown, root: PodRoot): Judgement[] =>
  namesIn(content).map((file) => ({ subject: file, problem: root.has(file) ? null : 'no such file in the pod' }));

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key.endsWith('_file') && typeof entry === 'string' ? [entry] : namesIn(entry),
  );
}
