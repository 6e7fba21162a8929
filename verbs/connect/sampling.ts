/** How an SDK samples: by the strategies that Jaeger serves, or by a ratio. */
import { PORTS } from '../../lib/endpoint';
import type { Config } from '../../stack/config';
import { expectedOf } from '../expected';
import type { LANGUAGES } from './arguments';
import type { Variable } from './patch';

type Language = (typeof LANGUAGES)[number];

/** How often an SDK asks for its strategy, in milliseconds: the default of the samplers of Go and Java. */
const POLL_MILLISECONDS = 60_000;

/** Languages whose SDK takes `parentbased_jaeger_remote`, and the port and path of the protocol that its sampler speaks. */
const REMOTE: Readonly<Partial<Record<Language, { readonly port: number; readonly path: string }>>> = {
  // go.opentelemetry.io/contrib/samplers/jaegerremote: HTTP only.
  go: { port: PORTS.samplingHttp.port, path: '/sampling' },
  // io.opentelemetry:opentelemetry-sdk-extension-jaeger-remote-sampler: gRPC only, as in the specification.
  java: { port: PORTS.samplingGrpc.port, path: '' },
};

/** The variables of the sampler, and remarks. */
export interface Sampling {
  readonly variables: readonly Variable[];
  readonly notes: readonly string[];
}

/**
 * The sampler of a service.
 * @param language null: unknown; the form of the specification is used
 */
export function samplingOf(config: Config, service: string, language: Language | null): Sampling {
  const { samplingStrategies: strategies } = config;
  if (strategies === null) {
    return withRatio(1, ['Every trace is recorded: lower OTEL_TRACES_SAMPLER_ARG to record less, for example 0.1.']);
  }
  const { type, param } =
    strategies.service_strategies?.find((entry) => entry.service === service) ?? strategies.default_strategy;
  const ratio = type === 'probabilistic' ? param : 1;
  const remote = language === null ? REMOTE.java : REMOTE[language];
  if (remote === undefined) {
    const limit =
      type === 'probabilistic'
        ? `the ratio is the strategy's: ${ratio}`
        : `the strategy is ${param} traces a second, which is no ratio: every trace is recorded`;
    return withRatio(ratio, [
      `The SDK of ${language} does not take Jaeger's strategies from a variable; ${limit}. It does not follow later changes of jaeger.samplingStrategiesFile.`,
    ]);
  }
  const endpoint = `http://${samplingService(config)}:${remote.port}${remote.path}`;
  const argument = [
    `endpoint=${endpoint}`,
    `pollingIntervalMs=${POLL_MILLISECONDS}`,
    `initialSamplingRate=${ratio}`,
  ].join(',');
  return {
    variables: [
      { name: 'OTEL_TRACES_SAMPLER', value: 'parentbased_jaeger_remote' },
      { name: 'OTEL_TRACES_SAMPLER_ARG', value: argument },
    ],
    notes: [NOTES[language ?? 'unknown'] ?? ''],
  };
}

const NOTES: Readonly<Record<string, string>> = {
  unknown: `Only the SDK of Java takes these strategies from variables alone, and that of Go with a sampler in the program. The others record every trace, some with a warning. Say which it is, for what it reads: --language=go, --language=python, ….`,
  go: 'In Go the program itself sets the sampler: jaegerremote.New of go.opentelemetry.io/contrib/samplers/jaegerremote, which reads OTEL_TRACES_SAMPLER_ARG, inside of trace.ParentBased. An SDK without it reports "unsupported sampler" and records every trace.',
  java: "In Java the agent has this sampler; without the agent add io.opentelemetry:opentelemetry-sdk-extension-jaeger-remote-sampler. It is tested with Go's only.",
};

const withRatio = (ratio: number, notes: readonly string[]): Sampling => ({
  variables: [
    { name: 'OTEL_TRACES_SAMPLER', value: 'parentbased_traceidratio' },
    { name: 'OTEL_TRACES_SAMPLER_ARG', value: `${ratio}` },
  ],
  notes,
});

/** The Service with the ports of the strategies, as a host name for other namespaces. */
function samplingService(config: Config): string {
  type Ports = { readonly ports?: readonly { readonly name?: string }[] };
  const found = expectedOf(config).workloads.find(
    ({ kind, spec }) =>
      kind === 'Service' && (spec as Ports).ports?.some(({ name }) => name === PORTS.samplingHttp.name),
  );
  if (found === undefined) throw new Error('strategies are set, and no Service has their port');
  return `${found.metadata.name}.${config.namespace}`;
}
