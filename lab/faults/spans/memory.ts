/** F7: more than the Collector's memory is made for. */
import { readFileSync } from 'node:fs';
import { until } from '../../commands';
import { find, render } from '../../rendered';
import type { Experiment } from '../experiment';
import { memoryLimit } from './memory-limit';
import { SpanPath } from './path';

const LIMIT_MIB = 256;
const ENVIRONMENT = `collector: {resources: {memory: ${LIMIT_MIB}Mi}}`;
/** Four times the load of F1, in large spans, so that memory is what runs out. */
const LOAD = { spansPerSecond: 2000, seconds: 15, spanBytes: 8000 } as const;
const RECOVERS_WITHIN = 30;

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: readonly { readonly env: readonly { name: string; value?: string }[] }[] };
    };
  };
}

/** Settings of Go's runtime that are rendered for the limit. */
function runtimeSettings(): Readonly<Record<string, string>> {
  const { spec } = find(
    render(`janServer: null\n${ENVIRONMENT}`),
    'Deployment',
    'otel-collector',
  ) as unknown as Deployment;
  const env = spec.template.spec.containers[0]?.env ?? [];
  return Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

/** Peak of the resident memory of a process, in MiB. */
const peakOf = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** F7. */
export const memoryPressure: Experiment = {
  id: 'F7',
  title: `4 times the load while Jaeger is away, with ${LIMIT_MIB} MiB of memory`,
  passes: `it is not killed, refuses with 503, takes spans again within ${RECOVERS_WITHIN} s; all acknowledged ones are in Jaeger`,
  run: async () => {
    const limit = memoryLimit(LIMIT_MIB * 2 ** 20);
    if ('notRun' in limit) return limit;
    const props = { environment: ENVIRONMENT, env: runtimeSettings(), wrapper: limit.wrapper };
    try {
      return await SpanPath.with(props, async (path) => {
        await path.jaeger.end();
        const pressed = await path.send(LOAD.spansPerSecond, LOAD.seconds, LOAD.spanBytes);
        const start = Date.now();
        const again = [...pressed];
        const taken = async () => {
          const answered = await path.send(50, 1);
          again.push(...answered);
          return answered.every(({ refusedBy }) => refusedBy === null);
        };
        await until(taken, 'spans to be taken again', RECOVERS_WITHIN * 2);
        const recovered = (Date.now() - start) / 1000;
        const resident = peakOf(path.collector.running.pid);
        await path.jaeger.start();
        await path.drained();
        const refused = pressed.filter(({ refusedBy }) => refusedBy !== null);
        return path.outcome(
          again,
          {
            'it runs': path.collector.running.runs,
            'the kernel has not killed it': limit.kills() === 0,
            'its resident memory stays below the limit': resident < LIMIT_MIB,
            'some is refused, each with a 503':
              refused.length > 0 && refused.every(({ refusedBy }) => refusedBy === '503'),
            [`it takes spans again within ${RECOVERS_WITHIN} s`]: recovered <= RECOVERS_WITHIN,
          },
          [`peak ${resident.toFixed(0)} MiB resident`, `takes spans again after ${recovered.toFixed(1)} s`],
        );
      });
    } finally {
      limit.remove();
    }
  },
};
