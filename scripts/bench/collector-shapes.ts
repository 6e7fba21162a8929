/** The configurations that are measured. */

import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { ConfigError } from '../../config/problems';
import type { CollectorConfig } from '../../lab/collector-config';
import { appsOf, buildStack } from '../../stack/apps';
import { manifestsOf } from '../../stack/checks/manifest';
import { readSettings } from '../../stack/load';
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

interface Container {
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/** The program whose configuration is taken: its ConfigMap and its Deployment. */
interface Program {
  readonly configMap: string;
  readonly deployment: string;
}

/**
 * The configuration of an environment for a program that is a Collector, as its ConfigMap has it, and the settings of Go's runtime in its
 * pod. Without Jan Server, because k8s_attributes needs an API server.
 * @param text of the environment file, besides `janServer`
 */
function renderedFor(
  { configMap, deployment }: Program,
  text: string,
): { readonly config: object } & Pick<Shape, 'env'> {
  const settings = readSettings('bench.yaml', `janServer: null\n${text}`);
  if (!settings.ok) throw new ConfigError(settings.problems);
  const files = { rules: [], dashboards: [], samplingStrategies: null };
  const manifests = manifestsOf(appsOf(buildStack({ ...settings.value, environment: 'bench', ...files }, 'unused')));
  const object = (kind: string, name: string) => {
    const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
    if (found === undefined) throw new Error(`the stack has no ${kind} ${name}`);
    return found;
  };
  const file = object('ConfigMap', configMap).data?.['config.yaml'];
  if (file === undefined) throw new Error(`the ConfigMap ${configMap} has no config.yaml`);
  const { spec } = object('Deployment', deployment) as { spec?: unknown };
  const { containers } = (spec as { template: { spec: { containers: readonly Container[] } } }).template.spec;
  const env = containers.flatMap((container) => container.env ?? []).filter(({ name }) => TUNING.includes(name));
  return {
    config: parse(file),
    env: Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
  };
}

/** The Collector of an environment. @param text of its file, besides `janServer`. @default - all defaults */
export function rendered(text = ''): Rendered {
  const { config, env } = renderedFor({ configMap: 'otel-collector-config', deployment: 'otel-collector' }, text);
  return { config: config as CollectorConfig, env };
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
