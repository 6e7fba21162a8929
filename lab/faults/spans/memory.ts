/** F7: more than the Collector's memory is made for. */
import { until } from '../../commands';
import { find, render } from '../../rendered';
import type { Experiment } from '../experiment';
import { memoryLimit } from './memory-limit';
import { watchMemory } from './memory-watch';
import { SpanPath } from './path';

const LIMIT_MIB = 256;
const ENVIRONMENT = `collector: {resources: {memory: ${LIMIT_MIB}Mi}}`;
/** Four times the load of F1. */
const LOAD = { spansPerSecond: 2000, seconds: 10 } as const;
/** What memory is not made for: requests of 3 MB, as many at once. */
const FLOOD = { spansPerSecond: 5000, seconds: 0.6, spanBytes: 60_000, connections: 40 } as const;
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

/** F7. */
export const memoryPressure: Experiment = {
  id: 'F7',
  title: `4 times the load while Jaeger is away, then a flood, with ${LIMIT_MIB} MiB of memory`,
  passes: `it is not killed, refuses the flood only and with 503, takes spans again within ${RECOVERS_WITHIN} s; all acknowledged ones are in Jaeger`,
  run: async () => {
    const limit = memoryLimit(LIMIT_MIB * 2 ** 20);
    if ('notRun' in limit) return limit;
    const props = { environment: ENVIRONMENT, env: runtimeSettings(), wrapper: limit.wrapper };
    let memory: { stop(): number } | undefined;
    try {
      return await SpanPath.with(props, async (path) => {
        await path.jaeger.end();
        const watched = watchMemory(path.collector.running.pid);
        memory = watched;
        const steady = await path.send(LOAD.spansPerSecond, LOAD.seconds);
        const pressed = await path.send(FLOOD.spansPerSecond, FLOOD.seconds, FLOOD.spanBytes, FLOOD.connections);
        const start = Date.now();
        const again = [...steady, ...pressed];
        const taken = async () => {
          const answered = await path.send(50, 1);
          again.push(...answered);
          return answered.every(({ refusedBy }) => refusedBy === null);
        };
        await until(taken, 'spans to be taken again', RECOVERS_WITHIN * 2);
        const recovered = (Date.now() - start) / 1000;
        const resident = watched.stop();
        await path.jaeger.start();
        await path.drained();
        const refused = pressed.filter(({ refusedBy }) => refusedBy !== null);
        return path.outcome(
          again,
          {
            'it runs': path.collector.running.runs,
            'the kernel has not killed it': limit.kills() === 0,
            'its memory stays below the limit': resident < LIMIT_MIB,
            'nothing of the steady load is refused': steady.every(({ refusedBy }) => refusedBy === null),
            'some of the flood is refused, each with a 503':
              refused.length > 0 && refused.every(({ refusedBy }) => refusedBy === '503'),
            [`it takes spans again within ${RECOVERS_WITHIN} s`]: recovered <= RECOVERS_WITHIN,
          },
          [`peak ${resident.toFixed(0)} MiB`, `takes spans again after ${recovered.toFixed(1)} s`],
        );
      });
    } finally {
      memory?.stop();
      limit.remove();
    }
  },
};
