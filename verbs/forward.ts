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
  type Spec = { readonly ports?: readonly { readonly port: number }[] };
  // The Service of a workload with zero replicas has no endpoints.
  const idle = controllersOf(expected).filter(hasNoPods);
  const services = expected.workloads.filter(
    ({ kind, metadata }) => kind === 'Service' && !idle.some((workload) => workload.metadata.name === metadata.name),
  );
  const byPort = (title: string, remote: number, name: RegExp, variable: Forward['variable']): Forward[] => {
    const found = services.find(
      ({ metadata, spec }) => name.test(metadata.name) && (spec as Spec).ports?.some(({ port }) => port === remote),
    );
    if (found === undefined) return [];
    const local = variable === null ? remote : Number(variables[variable]);
    return [{ title, service: found.metadata.name, remote, local, variable }];
  };
  return [
    ...byPort('Grafana', 3000, /^grafana$/, 'GRAFANA_PORT'),
    ...byPort('Prometheus', 9090, /^prometheus$/, 'PROMETHEUS_PORT'),
    ...byPort('Alertmanager', 9093, /^alertmanager$/, null),
    ...byPort('Jaeger', 16_686, /^jaeger(-query)?$/, 'JAEGER_UI_PORT'),
    ...byPort('OTLP over HTTP', 4318, /^otel-collector$/, 'OTEL_HTTP_PORT'),
    ...byPort('OTLP over gRPC', 4317, /^otel-collector$/, 'OTEL_GRPC_PORT'),
  ];
}
