/** F26: what a store never accepts must not hold up what is behind it. */
import { until } from '../../commands';
import type { Answered } from '../../span-load';
import { type Experiment, unmet } from '../experiment';
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
  passes: `the queue is empty ${WITHIN} s after each; what is behind is in Jaeger; poison is stored or refused, or counted as failed`,
  run: ({ say }) =>
    SpanPath.with({}, async (path) => {
      const healthy: Answered[] = [];
      const poison: Answered[] = [];
      const failures: string[] = [];
      const refused: string[] = [];
      for (const { title, make } of POISONS) {
        const start = Date.now();
        const answers: Answered[] = [];
        for (let copy = 0; copy < COPIES; copy++) answers.push(await post(path.collector.endpoint, make()));
        poison.push(...answers);
        healthy.push(await post(path.collector.endpoint, request([spanWith()])));
        const causes = [...new Set(answers.flatMap(({ refusedBy }) => refusedBy ?? []))];
        if (causes.length > 0) refused.push(`${title} (${causes.join(', ')})`);
        const stuck = await path.drained(WITHIN).then(
          () => null,
          (error: Error) => error.message,
        );
        say(
          `${title}: ${causes.length > 0 ? `refused by ${causes.join(', ')}, ` : ''}${stuck ?? 'passed on'} (${Date.now() - start} ms)`,
        );
        if (stuck !== null) {
          failures.push(`${title} holds up the queue: ${stuck}`);
          break;
        }
      }
      const failed = await path.own('otelcol_exporter_send_failed_spans_total');
      const outcome = await path.outcome(healthy, {}, []);
      const found = new Set(await path.jaeger.spanIds());
      const acked = poison.filter(({ refusedBy }) => refusedBy === null).flatMap(({ ids }) => ids);
      const away = acked.filter((id) => !found.has(id)).length;
      await until(() => path.collector.running.runs && path.jaeger.running.runs, 'both to run', 1);
      const criteria = { 'poison that is not in Jaeger is counted as failed': away <= failed };
      return {
        ...outcome,
        // Poison is not counted in the span metrics of the healthy.
        spanMetricsError: null,
        failures: [...outcome.failures, ...failures, ...unmet(criteria)],
        figures: [
          `poison: ${acked.length} spans acknowledged, ${away} of them not in Jaeger, ${failed} counted as failed`,
          `refused: ${refused.join('; ') || 'none'}`,
        ],
      };
    }),
};
