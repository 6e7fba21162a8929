import type { App } from 'cdk8s';
import type { Topology } from '../../lib/topology';
import { unreachableAddresses } from './addresses';
import { manifestsOf } from './manifest';
import { objectProblems } from './objects';

/**
 * Checks what was built before it is written.
 * @param contract what is wrong with rules and panels
 * @throws StackError where it contradicts itself
 */
export function checkStack(
  environment: string,
  apps: readonly App[],
  topology: Topology,
  contract: readonly string[],
): void {
  const manifests = manifestsOf(apps);
  const used = new Set(topology.edges.map(({ server, port }) => `${server.name}:${port}`));
  const unused = topology.endpoints.filter(({ server, port }) => !used.has(`${server.name}:${port}`));
  const problems = [
    ...contract,
    ...objectProblems(manifests),
    ...unreachableAddresses(manifests, topology),
    ...unused.map(
      ({ server, name, port }) => `${server.name} opens port ${port} (${name}), and nobody connects to it.`,
    ),
  ];
  if (problems.length > 0) throw new StackError(environment, problems);
}

/** What was built contradicts itself. Its message is meant to be printed as it is. */
export class StackError extends Error {
  override readonly name = 'StackError';

  constructor(environment: string, problems: readonly string[]) {
    super(
      `Environment ${environment} cannot be rendered:\n${problems.map((problem) => `  ${problem.replaceAll('\n', '\n  ')}`).join('\n')}`,
    );
  }
}
