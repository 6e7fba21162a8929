import type { ApiObject } from 'cdk8s';
import type { Topology } from '../../lib/topology';
import { unreachableAddresses } from './addresses';
import { renderedOf } from './manifest';
import { objectProblems } from './objects';

/** A stack whose objects are rendered. */
interface Rendered {
  readonly apiObjects: readonly ApiObject[];
  readonly topology: Topology;
  readonly rules: { readonly problems: () => readonly string[] };
}

/** All contradictions in a stack: in rules and panels, in its objects, and between addresses and connections. */
export function stackFindings({ apiObjects, topology, rules }: Rendered): string[] {
  const manifests = renderedOf(apiObjects);
  const used = new Set(topology.edges.map(({ server, port }) => `${server.name}:${port}`));
  const unused = topology.endpoints.filter(({ server, port }) => !used.has(`${server.name}:${port}`));
  return [
    ...rules.problems(),
    ...objectProblems(manifests),
    ...unreachableAddresses(manifests, topology),
    ...unused.map(
      ({ server, name, port }) => `${server.name} opens port ${port} (${name}), and no client connects to it.`,
    ),
  ];
}

/** The manifests contradict themselves. The message can be printed unchanged. */
export class StackError extends Error {
  override readonly name = 'StackError';

  constructor(environment: string, problems: readonly string[]) {
    super(
      `Environment ${environment} cannot be rendered:\n${problems.map((problem) => `  ${problem.replaceAll('\n', '\n  ')}`).join('\n')}`,
    );
  }
}
