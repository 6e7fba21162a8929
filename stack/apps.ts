import { join } from 'node:path';
import { App } from 'cdk8s';
import type { ForwardedPort } from '../charts/common/part';
import type { Places } from '../content/runbooks/places';
import { writeManifests } from '../lib/manifests';
import type { Topology } from '../lib/topology';
import { StackError } from './checks/stack';
import type { Config } from './config';
import type { EnvironmentRules } from './rules';
import { StackConstruct } from './stack';

/** The Apps of one environment. Each writes a separate folder, because `kubectl apply -f` does not descend. */
export interface Stack {
  /** The programs, their configuration and their network policies. */
  readonly workloads: App;
  /** What survives their deletion: the Namespace and the claims. */
  readonly keep: App;
  /** What runs once after each change: the smoke test. */
  readonly hooks: App;
  /** Objects in namespaces that the stack does not own: Jan Server's, and those of model servers. */
  readonly outside: readonly OutsideApp[];
  /** The connections. */
  readonly topology: Topology;
  /** The rules, and the metrics that they are checked against. */
  readonly rules: EnvironmentRules;
  /** Names and addresses for the runbooks. */
  readonly places: Places;
  /** Ports that `make monitor-up` forwards. */
  readonly forwards: readonly ForwardedPort[];
}

/** Objects in one namespace that the stack does not own. */
export interface OutsideApp {
  readonly namespace: string;
  readonly app: App;
}

/** cdk8s omits a construct with this name from file names. */
const HIDDEN = 'default';

/**
 * Builds everything for one environment.
 * @param outdir folder that the environment is written to
 * @throws ConfigError if a patch does not apply
 * @throws StackError if the manifests contradict themselves: an address without an edge, a port without a client, an object twice
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
    hooks: appOf('hooks'),
    outside,
    topology: stack.topology,
    rules: stack.rules,
    places: stack.places,
    forwards: stack.forwards,
  };
}

type Folders = 'keep' | 'workloads' | 'hooks' | 'outside';

/** All Apps of a stack. */
export const appsOf = ({ keep, workloads, hooks, outside }: Pick<Stack, Folders>): App[] => [
  keep,
  workloads,
  hooks,
  ...outside.map(({ app }) => app),
];

/** Writes the manifests. */
export function synthStack(stack: Stack): void {
  for (const app of appsOf(stack)) writeManifests(app);
}
