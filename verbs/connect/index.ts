import type { Variables } from '../../config/variables';
import type { Config } from '../../stack/config';
import { type Commands, quoted } from '../commands';
import { VerbError } from '../terminal';
import { SWITCHED_OFF, switchedOn } from './any-sdk';
import { type ConnectArguments, readArguments, USAGE } from './arguments';
import { type Target, targetOf } from './endpoint';
import { janVariables, SENDERS_NOTE } from './jan-services';
import { envOf, type Place, patchOf, type Variable } from './patch';

/** The output of `npm run connect`. */
export interface Connection {
  /** The patch or the variables, for standard output. */
  readonly output: string;
  /** How to apply it, and remarks, for standard error. */
  readonly notes: readonly string[];
}

/** A service, where its container is, and its variables. */
interface Connected {
  readonly place: Place;
  readonly variables: readonly Variable[];
  readonly notes: readonly string[];
}

/**
 * `npm run connect`: what makes a service send to this stack, or stop sending. The service is one of Jan Server's, or with `--namespace` any
 * program with an OpenTelemetry SDK.
 * @param words the arguments
 * @throws VerbError if an argument is unknown, the environment has no Jan Server, or the service cannot send telemetry
 * @throws ConfigError if the value of an argument is not allowed
 */
export function connect(
  config: Config,
  variables: Variables,
  commands: Commands,
  words: readonly string[] = [],
): Connection {
  const options = readArguments(words);
  if (options.help) return { output: `${USAGE}\n`, notes: [] };
  const service = options.service ?? variables.OTEL_SERVICE_NAME;
  const isOn = variables.OTEL_ENABLED === 'true';
  const target = isOn ? targetOf(config, variables, options.protocol ?? 'http/protobuf') : null;
  const {
    place,
    variables: env,
    notes,
  } = (options.namespace === undefined ? ofJan : ofAnySdk)(config, service, options, target);
  const isPatch = options.output === 'patch';
  return {
    output: isPatch ? patchOf(place, env) : envOf(env),
    notes: [
      ...(isPatch ? [commandFor(commands, place, service, words, isOn)] : []),
      ...(target?.notes ?? [
        `OTEL_ENABLED is false: this makes ${service} stop sending. Set OTEL_ENABLED=true to make it send.`,
      ]),
      ...notes,
    ],
  };
}

/** A service of Jan Server. @param target where it sends; null: nowhere */
function ofJan({ janServer }: Config, service: string, _options: ConnectArguments, target: Target | null): Connected {
  if (janServer === null) {
    const fix = `set janServer in the environment file; for a service that is not Jan Server's: npm run connect -- NAME --namespace=NAMESPACE`;
    throw new VerbError([{ what: 'This environment has no Jan Server.', fix }]);
  }
  const found = janVariables(service, target?.url ?? null);
  if ('problem' in found) throw new VerbError([found.problem]);
  const { namespace, application } = janServer;
  const place: Place = { namespace, kind: 'deployment', workload: `${application}-${service}`, container: service };
  return { place, variables: found.variables, notes: [...found.notes, SENDERS_NOTE] };
}

/** Any other service. */
function ofAnySdk(config: Config, service: string, options: ConnectArguments, target: Target | null): Connected {
  const { namespace = '', workload = { kind: 'deployment', name: service }, container = service } = options;
  const place: Place = { namespace, kind: workload.kind, workload: workload.name, container };
  if (target === null) return { place, variables: SWITCHED_OFF, notes: [] };
  return { place, ...switchedOn(config, { service, namespace }, options, target) };
}

function commandFor(
  { npm, kubectl }: Commands,
  { namespace, kind, workload }: Place,
  service: string,
  words: readonly string[],
  isOn: boolean,
): string {
  const named = words.some((word) => !word.startsWith('-')) ? words : [service, ...words];
  const given = named.length === 1 && service === DEFAULT_SERVICE ? '' : ` -- ${named.map(quoted).join(' ')}`;
  const patch = kubectl(`-n ${namespace} patch ${kind} ${workload} --patch-file patch.yaml`);
  return `${isOn ? '' : 'OTEL_ENABLED=false '}${npm('connect')}${given} > patch.yaml && ${patch}`;
}

/** The default of OTEL_SERVICE_NAME. */
const DEFAULT_SERVICE = 'llm-api';
