/** Services that do not send, or may not. */
import { type AnyCause, entryOf } from '../cause';
import { BASE, REALTIME_API, senderCause, setEnv, url, variableOf, WITH_SDK } from './sender-form';

export const TRACING_OFF = senderCause(
  {
    id: 'tracing-off',
    title: 'Tracing is not switched on in the service',
    meaning:
      'The service has an endpoint, but a switch that it reads is not on: OTEL_ENABLED for realtime-api, ENABLE_TRACING for response-api and media-api, OTEL_SDK_DISABLED for SDKs.',
  },
  ({ value }) => `${value} keeps it from sending traces`,
  (at, sending) =>
    setEnv(
      at,
      sending,
      variableOf(sending) === 'OTEL_SDK_DISABLED' ? 'OTEL_SDK_DISABLED-' : `${variableOf(sending)}=true`,
    ),
  () => 'OTEL_ENABLED=false',
  REALTIME_API,
);

export const ENDPOINT_MISSING = senderCause(
  {
    id: 'endpoint-missing',
    title: 'A service that should send has no endpoint',
    meaning: `The switch is on, but ${BASE} is not set. Jan Server's own chart sets OTEL_ENABLED only, and llm-api does not read it; an SDK sends to localhost.`,
  },
  ({ value }) => `it has ${value}, and no ${BASE}`,
  (at, sending) => setEnv(at, sending, `${BASE}=${url(sending)}`),
  () => 'OTEL_ENABLED=true',
);

export const EXPORTER_NONE = senderCause(
  {
    id: 'exporter-none',
    title: 'The exporter of traces is not OTLP',
    meaning:
      'OTEL_TRACES_EXPORTER is none, console, or another one than otlp, and OTEL_METRICS_EXPORTER is not otlp. The SDK creates spans and drops them.',
  },
  ({ value }) => `${value}, so that its spans go nowhere`,
  (at, sending) => setEnv(at, sending, 'OTEL_TRACES_EXPORTER=otlp'),
  () => 'OTEL_TRACES_EXPORTER=none',
  WITH_SDK,
);

export const SAMPLER_OFF = senderCause(
  {
    id: 'sampler-off',
    title: 'The sampler of a service drops every trace',
    meaning:
      'OTEL_TRACES_SAMPLER is always_off, or a ratio of 0. parentbased_always_off is a remark: it records what a caller has recorded.',
  },
  ({ value }) => `${value} drops every trace that begins here`,
  (at, sending) => setEnv(at, sending, 'OTEL_TRACES_SAMPLER=parentbased_always_on OTEL_TRACES_SAMPLER_ARG-'),
  () => 'OTEL_TRACES_SAMPLER=always_off',
  WITH_SDK,
);

export const NOT_ADMITTED = senderCause(
  {
    id: 'sender-not-allowed',
    title: 'The namespace of a sender is not allowed to connect',
    meaning:
      'The NetworkPolicies of the stack admit the namespace of Jan Server and those in network.allowFrom. Connections of other pods time out, where the network enforces policies.',
  },
  ({ value }) => `it sends to the Collector, but network.allowFrom does not name ${value}`,
  ({ commands, places: { environment } }, { namespace }) =>
    `add { namespace: ${namespace}, to: collector } to network.allowFrom in environments/${environment}.yaml, then ${commands.make('monitor-up')}`,
  (at) => WITH_SDK(at).namespace,
  WITH_SDK,
);

/** In the order of the page. */
export const SENDER_CAUSES: readonly AnyCause[] = [
  TRACING_OFF,
  ENDPOINT_MISSING,
  EXPORTER_NONE,
  SAMPLER_OFF,
  NOT_ADMITTED,
].map(entryOf);
