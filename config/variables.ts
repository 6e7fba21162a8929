/**
 * The ten variables of the Docker Compose stack, with the same names. They change the operator's commands and `connect`, and never
 * what is rendered.
 */
import { parseEnv } from 'node:util';
import * as z from 'zod';
import { ConfigError, type Problem, showValue } from './problems';
import { line } from './units';

const localPort = (value: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(value)
    .meta({ 'x-allowed': 'a port, from 1 to 65535', examples: [value] });

const SCHEMA = z.object({
  OTEL_ENABLED: z
    .enum(['true', 'false'])
    .default('true')
    .meta({ 'x-allowed': 'true or false', examples: ['true'] }),
  OTEL_SERVICE_NAME: line(128).default('llm-api'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .regex(/^(https?:\/\/)?[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/\S*)?$/)
    .nullable()
    .default(null)
    .meta({ 'x-allowed': 'an http:// or https:// URL', examples: ['http://otel-collector.jan-monitoring:4318'] }),
  OTEL_HTTP_PORT: localPort(4318),
  OTEL_GRPC_PORT: localPort(4317),
  PROMETHEUS_PORT: localPort(9090),
  JAEGER_UI_PORT: localPort(16_686),
  GRAFANA_PORT: localPort(3001),
  GRAFANA_ADMIN_USER: line(64).nullable().default(null),
  GRAFANA_ADMIN_PASSWORD: z
    .string()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .meta({ 'x-allowed': 'text of at most 256 characters', examples: [] }),
});

/** The variables with their defaults. Ports are local ports that are forwarded; null: not set. */
export type Variables = Readonly<z.output<typeof SCHEMA>>;

/** A file of variables: its name for messages, and its text in dotenv format. */
export interface VariableFile {
  readonly name: string;
  readonly text: string;
}

type Values = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables. The process takes precedence, then the files in their order. `${NAME}` in a file refers to another variable of the
 * same file or of the process. An empty value counts as not set, as in Docker Compose.
 * @throws ConfigError with the file or the process, the variable, and what is allowed; never a password
 */
export function readVariables(files: readonly VariableFile[], environment: Values): Variables {
  const sources = [
    { name: 'the environment of the process', values: environment },
    ...files.map(({ name, text }) => ({ name, values: expanded(parseEnv(text) as Values, environment) })),
  ];
  const names = Object.keys(SCHEMA.shape);
  const found = new Map(
    names.flatMap((name) => {
      const source = sources.find(({ values }) => (values[name] ?? '') !== '');
      return source === undefined ? [] : [[name, { file: source.name, value: source.values[name] }] as const];
    }),
  );
  const result = SCHEMA.safeParse(Object.fromEntries([...found].map(([name, { value }]) => [name, value])));
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map((issue): Problem => {
      const name = String(issue.path[0]);
      const { file = '', value } = found.get(name) ?? {};
      const meta = SCHEMA.shape[name as keyof typeof SCHEMA.shape].meta();
      const allowed = String(meta?.['x-allowed'] ?? 'another value');
      const shown = name === 'GRAFANA_ADMIN_PASSWORD' ? undefined : showValue(value);
      return { file, path: name, ...(shown !== undefined && { value: shown }), allowed, fix: `correct ${name}` };
    }),
  );
}

/** References are resolved once: nested references do not occur in these files. */
const expanded = (values: Values, environment: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value = '']) => [
      name,
      value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g, (_all, other: string, fallback = '') => {
        return environment[other] ?? values[other] ?? fallback;
      }),
    ]),
  );
