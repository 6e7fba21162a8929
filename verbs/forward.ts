/** Which ports are forwarded. */
import type { Variables } from '../config/variables';
import { controllersOf, type Expected, hasNoPods } from './expected';

/** One port of a Service on this machine. */
export interface Forward {
  /** Name for the output. */
  readonly title: string;
  readonly service: string;
  /** Port of the Service. */
  readonly remote: number;
  /** Port of this machine. */
  readonly local: number;
  /** The variable that sets the local port; null: the local port is the same as the remote one. */
  readonly variable: keyof Variables | null;
}

/** The ports that are forwarded: user interfaces and OTLP. */
export function forwardsOf(expected: Expected, variables: Variables): Forward[] {
  // The Service of a workload with zero replicas has no endpoints.
  const idle = controllersOf(expected).filter(hasNoPods);
  return expected.forwards
    .filter(({ endpoint }) => !idle.some(({ metadata }) => metadata.name === endpoint.server.name))
    .map(({ title, endpoint: { server, port }, variable }) => ({
      title,
      service: server.name,
      remote: port,
      local: variable === null ? port : Number(variables[variable]),
      variable,
    }));
}
