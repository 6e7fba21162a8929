/** F26: what a store never accepts must not hold up what is behind it. */
import type { Answered } from '../../span-load';
import type { Experiment } from '../experiment';
import { SpanPath } from './path';
import { POISONS } from './poisons';
import { post, request, spanWith } from './request';

/** Each must leave the queue, so that two show it; the second meets what the first has left in the store. */
const COPIES = 2;
const WITHIN = 60;

/** F26. */
export const poisoned: Experiment = {
  id: 'F26',
  title: `${POISONS.length} kinds of poison at the head of the queue, ${COPIES} times each`,
  passes: `the queue is empty within ${WITHIN} s after each; what is behind is in Jaeger, and so is poison that was acknowledged`,
  run: ({ say }) =>
    SpanPath.with({}, async (path) => {
      const answered: Answered[] = [];
      const failures: string[] = [];
      const refused: string[] = [];
      for (const { title, make } of POISONS) {
        const start = Date.now();
        const answers: Answered[] = [];
        for (let copy = 0; copy < COPIES; copy++) answers.push(await post(path.collector.endpoint, make()));
        answered.push(...answers, await post(path.collector.endpoint, request([spanWith()])));
        const causes = [...new Set(answers.flatMap(({ refusedBy }) => refusedBy ?? []))];
        if (causes.length > 0) refused.push(`${title} (${causes.join(', ')})`);
        const stuck = await path.drained(WITHIN).then(
          () => null,
          (error: Error) => error.message,
        );
        say(`${title}: ${stuck ?? 'passed on'} (${Date.now() - start} ms)`);
        if (stuck !== null) {
          failures.push(`${title} holds up the queue: ${stuck}`);
          break;
        }
      }
      const outcome = await path.outcome(answered, {}, [`refused: ${refused.join('; ') || 'none'}`]);
      return { ...outcome, failures: [...outcome.failures, ...failures] };
    }),
};
