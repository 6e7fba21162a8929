import { type Endpoint, PORTS, type PortSpec } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import type { ComponentParty } from '../../lib/parties';
import type { StackContext } from '../common/context';
import { identityOf } from '../common/part-chart';
import type { JaegerSettings } from './schema';

/** The role of a Jaeger workload: all in one, writer, or reader. */
export interface JaegerRole {
  readonly party: ComponentParty;
  readonly identity: Identity;
  /** Jaeger's own metrics. */
  readonly selfMetrics: Endpoint;
  readonly health: Endpoint;
  /** Writing spans; null: this role only reads. */
  readonly writes: {
    /** Spans, by OTLP over HTTP; null where they come from Kafka. */
    readonly otlp: Endpoint | null;
    /** Sampling strategies for SDKs; null where no strategies file is set. */
    readonly sampling: { readonly http: Endpoint; readonly grpc: Endpoint } | null;
  } | null;
  /** The UI and its HTTP API; null: this role only writes. */
  readonly query: Endpoint | null;
}

/** Jaeger's workloads: one role with Badger, which is embedded; a writer and a reader with an external store. */
export function rolesOf(context: StackContext, settings: JaegerSettings): readonly JaegerRole[] {
  if (settings.store.type === 'badger')
    return [role(context, 'jaeger', 'tracing', settings, { writes: true, reads: true })];
  const writer = settings.kafka === null ? 'jaeger-collector' : 'jaeger-ingester';
  return [
    role(context, writer, 'tracing-writer', settings, { writes: true, reads: false }),
    role(context, 'jaeger-query', 'tracing-query', settings, { writes: false, reads: true }),
  ];
}

function role(
  context: StackContext,
  name: string,
  component: string,
  { kafka, samplingStrategiesFile }: JaegerSettings,
  does: { readonly writes: boolean; readonly reads: boolean },
): JaegerRole {
  const identity = identityOf(context, 'jaeger', component);
  const party = context.topology.component(name, selectorLabels(identity));
  const open = (spec: PortSpec) => context.topology.endpoint(party, spec);
  const sampling = () => ({ http: open(PORTS.samplingHttp), grpc: open(PORTS.samplingGrpc) });
  return {
    party,
    identity,
    selfMetrics: open(PORTS.internalMetrics),
    health: open(PORTS.health),
    writes: does.writes
      ? {
          otlp: kafka === null ? open(PORTS.otlpHttp) : null,
          sampling: samplingStrategiesFile === null ? null : sampling(),
        }
      : null,
    query: does.reads ? open(PORTS.jaegerQuery) : null,
  };
}
