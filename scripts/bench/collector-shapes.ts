/** The configurations that are measured. */

import { isDeepStrictEqual } from 'node:util';
import type { CollectorConfig } from '../../lab/collector-config';
import { containerOf } from '../../lab/container';
import { configFile, render } from '../../lab/rendered';
import { GROUPS, type Group, PERSONAL_DATA } from './collector-groups';

/** A configuration and its name in the table. */
export interface Shape {
  readonly name: string;
  readonly config: CollectorConfig;
  /** Variables of Go's runtime in the pod. */
  readonly env: Readonly<Record<string, string>>;
}

/** Name of the original system's pipeline, of ours, and of ours without a group. */
export const PLAIN = 'plain';
export const OURS = 'ours';
export const withoutGroup = (group: string): string => `${OURS} without ${group}`;
export const WITHOUT_PERSONAL_DATA = withoutGroup(PERSONAL_DATA);

/**
 * The pipeline of the stack that Jan Server came with (janhq/server, monitoring/otel-collector.yaml, November 2025): all settings of the
 * batch processor and of the exporter are defaults. Its exporter of logs and its metrics are left out. The health check is for this bench.
 */
export const plain: CollectorConfig = {
  extensions: { health_check: {} },
  receivers: { otlp: { protocols: { grpc: {}, http: {} } } },
  processors: { batch: {}, memory_limiter: { check_interval: '1s', limit_mib: 512 } },
  exporters: { 'otlp_grpc/jaeger': { endpoint: 'jaeger:4317', tls: { insecure: true } } },
  service: {
    extensions: ['health_check'],
    pipelines: {
      traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['otlp_grpc/jaeger'] },
    },
  },
};

/** What an environment renders for the Collector. */
type Rendered = Pick<Shape, 'config' | 'env'>;

/** Variables that change what the program needs. The others are addresses of the pod. */
const TUNING = ['GOGC', 'GOMEMLIMIT'];

/** The Collector of an environment. Without Jan Server, because k8s_attributes needs an API server. @param text of its file. @default - all defaults */
export function rendered(text = ''): Rendered {
  const objects = render(`janServer: null\n${text}`);
  const { env } = containerOf(objects, 'Deployment', 'otel-collector');
  return {
    config: configFile<CollectorConfig>(objects, 'otel-collector-config', 'config.yaml'),
    env: Object.fromEntries(Object.entries(env).filter(([name]) => TUNING.includes(name))),
  };
}

/** Every shape, in the order of the table. @throws Error if a group is not in the rendered configuration */
export function shapes(groups: readonly Group[] = GROUPS): readonly Shape[] {
  const ours = rendered();
  return [
    { name: PLAIN, config: plain, env: {} },
    { name: OURS, ...ours },
    ...groups.map((group) => ({ name: withoutGroup(group.name), ...leftOut(ours, group) })),
  ];
}

function leftOut(ours: Rendered, { name, leaveOut }: Group): Rendered {
  const changed =
    typeof leaveOut === 'string' ? rendered(leaveOut) : { ...ours, config: attempt(name, () => leaveOut(ours.config)) };
  if (isDeepStrictEqual(changed, ours)) throw new Error(`without ${name}, the configuration is the same`);
  return changed;
}

function attempt<T>(group: string, change: () => T): T {
  try {
    return change();
  } catch (error) {
    throw new Error(`${group} cannot be left out: ${(error as Error).message}`, { cause: error });
  }
}
