/** The arguments of `npm run connect`. */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { ConfigError, showValue } from '../../config/problems';
import { dnsLabel } from '../../config/units';
import { VerbError } from '../terminal';

/** How `npm run connect` is called. */
export const USAGE = `npm run connect -- [SERVICE] [--output=patch|env]
npm run connect -- SERVICE --namespace=NAME [--workload=deployment/NAME] [--container=NAME] [--language=NAME]
                   [--protocol=http/protobuf|grpc] [--metrics=otlp|none] [--output=patch|env]

Without --namespace, SERVICE is a service of Jan Server. With it, SERVICE is any program with an OpenTelemetry SDK.`;

/** How the arguments are found. */
const HELP = 'npm run connect -- --help prints the arguments';

/** The languages with an OpenTelemetry SDK for servers (https://opentelemetry.io/docs/languages). */
export const LANGUAGES = ['cpp', 'dotnet', 'erlang', 'go', 'java', 'nodejs', 'php', 'python', 'ruby', 'rust'] as const;

const KINDS = ['deployment', 'statefulset', 'daemonset'] as const;

const VALUES = {
  namespace: dnsLabel(),
  workload: z
    .string()
    .regex(new RegExp(`^(${KINDS.join('|')})/[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$`))
    .meta({ 'x-allowed': KINDS.map((kind) => `${kind}/NAME`).join(', ') }),
  container: dnsLabel(),
  language: z.enum(LANGUAGES).meta({ 'x-allowed': LANGUAGES.join(', ') }),
  protocol: z.enum(['http/protobuf', 'grpc']).meta({ 'x-allowed': 'http/protobuf or grpc' }),
  metrics: z.enum(['otlp', 'none']).meta({ 'x-allowed': 'otlp or none' }),
  output: z.enum(['patch', 'env']).meta({ 'x-allowed': 'patch or env' }),
};
const SCHEMA = z.object(VALUES).partial();

type Options = z.output<typeof SCHEMA>;

/** Which service is connected, and how. */
export type ConnectArguments = Omit<Options, 'workload' | 'output'> & {
  readonly output: 'patch' | 'env';
  /** Name of the service; null: `OTEL_SERVICE_NAME`. */
  readonly service: string | null;
  /** The workload that is patched; undefined: the Deployment with the service's name. */
  readonly workload?: { readonly kind: (typeof KINDS)[number]; readonly name: string };
  readonly help: boolean;
};

const NAMES = Object.keys(VALUES);

/**
 * Reads the arguments.
 * @throws VerbError if an argument is unknown
 * @throws ConfigError with each value that is not allowed
 */
export function readArguments(words: readonly string[]): ConnectArguments {
  const { values, positionals } = parsed(words);
  const problems: { what: string; fix: string }[] = [];
  if (positionals.length > 1)
    problems.push({ what: `There is more than one service: ${positionals.join(', ')}.`, fix: HELP });
  const { help = false, ...options } = values;
  // These settings are of SDKs that read the variables of the specification. Jan Server's services do not.
  const unused = Object.keys(options).filter((name) => !['namespace', 'output'].includes(name));
  if (options.namespace === undefined && unused.length > 0) {
    const what = `Only with --namespace: ${unused.map((name) => `--${name}`).join(', ')}. Services of Jan Server do not read these settings.`;
    problems.push({ what, fix: HELP });
  }
  if (problems.length > 0) throw new VerbError(problems);
  const { workload, output = 'patch', ...checked } = check(options);
  const [kind, name = ''] = (workload?.split('/') ?? []) as [(typeof KINDS)[number]?, string?];
  return {
    ...checked,
    output,
    ...(kind !== undefined && { workload: { kind, name } }),
    service: positionals[0] ?? null,
    help: help === true,
  };
}

interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

function parsed(words: readonly string[]): Parsed {
  const texts = Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }]));
  try {
    const options = { ...texts, help: { type: 'boolean' as const } };
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
    throw new VerbError([{ what: message, fix: HELP }]);
  }
}

function check(options: Readonly<Record<string, unknown>>): Options {
  const result = SCHEMA.safeParse(options);
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map(({ path: [key] }) => {
      const name = String(key) as keyof typeof VALUES;
      const allowed = String(VALUES[name].meta()?.['x-allowed']);
      const path = `--${name}`;
      return {
        file: 'the arguments of npm run connect',
        path,
        value: showValue(options[name]),
        allowed,
        fix: `correct ${path}`,
      };
    }),
  );
}
