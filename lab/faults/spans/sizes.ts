/** F25: spans of every size. */
import type { Answered } from '../../span-load';
import type { Experiment } from '../experiment';
import { SpanPath } from './path';
import { attributes, post, request, spanWith, text } from './request';

/** Bytes of a span, and how many are sent. The last is larger than a request may be. */
const SIZES = [
  { bytes: 1_000, count: 200 },
  { bytes: 10_000, count: 200 },
  { bytes: 1_000_000, count: 20 },
  { bytes: 5_000_000, count: 2 },
] as const;
const TOO_LARGE = 5_000_000;

/** F25. */
export const sizes: Experiment = {
  id: 'F25',
  title: 'spans of 1 kB, 10 kB, 1 MB and 5 MB',
  passes: 'those up to 1 MB are acknowledged and in Jaeger, those of 5 MB are refused for good (4xx)',
  run: () =>
    SpanPath.with({}, async (path) => {
      const answered: Answered[] = [];
      const causes: string[] = [];
      for (const { bytes, count } of SIZES) {
        for (let index = 0; index < count; index++) {
          const span = spanWith({ attributes: attributes({ 'db.statement': text('x'.repeat(bytes)) }) });
          const answer = await post(path.collector.endpoint, request([span]));
          answered.push(answer);
          if (answer.refusedBy !== null) causes.push(`${bytes / 1000} kB: ${answer.refusedBy}`);
        }
      }
      await path.drained();
      const failed = await path.own('otelcol_exporter_send_failed_spans_total');
      const expected = SIZES.filter(({ bytes }) => bytes < TOO_LARGE).reduce((sum, { count }) => sum + count, 0);
      return path.outcome(
        answered,
        {
          'each span up to 1 MB is acknowledged':
            answered.filter(({ refusedBy }) => refusedBy === null).length === expected,
          'each larger one is refused for good':
            causes.length > 0 && causes.every((cause) => /^5000 kB: 4\d\d$/.test(cause)),
          'send_failed is 0': failed === 0,
        },
        [`refused: ${[...new Set(causes)].join(', ')}`],
      );
    }),
};
