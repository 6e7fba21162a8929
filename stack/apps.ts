import { join } from 'node:path';
import { App } from 'cdk8s';
import type { ForwardedPort } from '../charts/shared/part';
import type { Places } from '../content/runbooks/places';
import { writeManifests } from '../lib/manifests';
import type { Topology } from '../lib/topology';
import { StackError } from './checks/stack';
import type { Config } from './config';
import type { EnvironmentRules } from './rules';
import { StackConstruct } from './stack';

/** The Apps of one environment. Each writes a folder of its own, because `kubectl apply -f` does not descend. */
export interface Stack {
  /** The programs, their configuration and their network policies. */
  readonly workloads: App;
  /** What outlives them: the Namespace and the claims. */
  readonly keep: App;
  /** What lives in namespaces that are not ours: Jan Server's, and those of model servers. */
  readonly outside: readonly OutsideApp[];
  /** The connections. */
  readonly topology: Topology;
  /** What is evaluated, and what is known of metrics. */
  readonly rules: EnvironmentRules;
  /** Where things are, for the runbooks. */
  readonly places: Places;
  /** Ports that people use on their own machine. */
  readonly forwards: readonly ForwardedPort[];
}

/** What lives in one namespace that is not ours. */
export interface OutsideApp {
  readonly namespace: string;
  readonly app: App;
}

/** cdk8s leaves a construct of this name out of the names of files. */
const HIDDEN = 'default';

/**
 * Builds everything for one environment.
 * @param outdir folder that the environment is written to
 * @throws ConfigError where a patch does not apply
 * @throws StackError where what was built contradicts itself: an address without an edge, a port without a client, an object twice
 */
export function buildStack(config: Config, outdir: string): Stack {
  const workloads = new App({ outdir });
  const folders = new Map<string, App>();
  const appOf = (folder: string): App => {
    const app = folders.get(folder) ?? new App({ outdir: join(outdir, folder) });
    folders.set(folder, app);
    return app;
  };
  const stack = new StackConstruct(workloads, HIDDEN, config, { scopeOf: appOf });
  const findings = stack.findings();
  if (findings.length > 0) throw new StackError(config.environment, findings);
  const outside = stack.outside.map(({ folder, namespace }) => ({ namespace, app: appOf(folder) }));
  return {
    workloads,
    keep: appOf('keep'),
    outside,
    topology: stack.topology,
    rules: stack.rules,
    places: stack.places,
    forwards: stack.forwards,
  };
}

/** All Apps of a stack. */
export const appsOf = ({ keep, workloads, outside }: Pick<Stack, 'keep' | 'workloads' | 'outside'>): App[] => [
  keep,
  workloads,
  ...outside.map(({ app }) => app),
];

/** Writes what was built. */
export function synthStack(stack: Stack): void {
  for (const app of appsOf(stack)) writeManifests(app);
}
