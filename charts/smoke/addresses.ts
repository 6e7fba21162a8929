import type { Endpoint } from '../../lib/endpoint';
import type { Pod } from '../../lib/pod';
import { alertmanager } from '../alertmanager';
import { collector } from '../collector';
import type { StackContext } from '../common/context';
import type { Part } from '../common/part';
import { grafana } from '../grafana';
import { jaeger } from '../jaeger';
import { prometheus } from '../prometheus';
import { GRPC_SENDER_URL } from './sender';

/** A path of each program that answers 200, by the variable with its address. */
const ANSWERS = {
  OTLP_BY_HTTP: '/v1/traces',
  JAEGER: '/',
  PROMETHEUS: '/-/ready',
  GRAFANA: '/api/health',
  ALERTMANAGER: '/-/ready',
} as const;

/** Sets the variables with the addresses of the programs, and connects the pod to them. */
export function addAddresses(pod: Pod, context: StackContext): void {
  const url = (endpoint: Endpoint) => endpoint.urlFor(pod.party, 'smoke test');
  const programs = {
    OTLP_BY_HTTP: url(required(context, collector).otlpHttp),
    JAEGER: url(required(context, jaeger).query),
    PROMETHEUS: url(required(context, prometheus).http),
    GRAFANA: url(required(context, grafana).http),
  };
  const receives = context.part(alertmanager);
  const all = receives === null ? programs : { ...programs, ALERTMANAGER: url(receives.http) };
  const entries = Object.entries(all) as readonly (readonly [keyof typeof ANSWERS, string])[];
  for (const [name, address] of entries) pod.env(name, address);
  pod.env('OTLP_BY_GRPC', GRPC_SENDER_URL);
  pod.env('CLOCKS', entries.map(([name, address]) => `${address}${ANSWERS[name]}`).join(' '));
}

/** A part that every stack has. @throws Error if this one has not */
export function required<Built extends Part>(
  context: StackContext,
  component: Parameters<StackContext['part']>[0] & { build(...args: never[]): Built | null },
): Built {
  const part = context.part(component);
  if (part === null) throw new Error(`${component.key} is not part of the stack`);
  return part as Built;
}
