/** Settings of the operator's commands, from variables that `make` passes on: `make monitor-up ENVIRONMENT=production YES=1`. */
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as z from 'zod';
import { ConfigError, showValue } from './problems';

/** The environment of a verb that is given none. */
export const DEFAULT_ENVIRONMENT = 'development';

const yesOrNo = (value: 'yes' | 'no') =>
  z
    .enum(['yes', 'no', '1', '0', 'true', 'false'])
    .default(value)
    .transform((word) => ['yes', '1', 'true'].includes(word))
    .meta({ 'x-allowed': 'yes or no' });

const SCHEMA = z.object({
  ENVIRONMENT: z.string().default(DEFAULT_ENVIRONMENT).meta({ 'x-allowed': 'the name of an environment file' }),
  CONTEXT: z.string().nullable().default(null).meta({ 'x-allowed': 'the name of a kubectl context' }),
  YES: yesOrNo('no'),
  DELETE: z.string().nullable().default(null).meta({ 'x-allowed': 'the name of a kubectl context' }),
  FORWARD: yesOrNo('yes'),
  FOLLOW: yesOrNo('yes'),
  TIMEOUT: z.coerce.number().int().min(5).max(3600).default(300).meta({ 'x-allowed': 'seconds, from 5 to 3600' }),
  TO: z.string().nullable().default(null).meta({ 'x-allowed': 'a path' }),
  FROM: z.string().nullable().default(null).meta({ 'x-allowed': 'the folder of a backup' }),
  UNDO: yesOrNo('no'),
  TAIL: z.coerce.number().int().min(0).max(100_000).default(20).meta({ 'x-allowed': 'lines, from 0 to 100000' }),
  Q: z.string().nullable().default(null).meta({ 'x-allowed': 'a PromQL expression' }),
  TRACE: z
    .string()
    .regex(/^[0-9a-fA-F]{1,32}$/)
    .nullable()
    .default(null)
    .meta({ 'x-allowed': 'a trace ID: 1 to 32 hexadecimal digits' }),
  FORMAT: z.enum(['table', 'json']).default('table').meta({ 'x-allowed': 'table or json' }),
});

/** How a command runs. */
export interface VerbSettings {
  /** Name of the environment. @default 'development' */
  readonly environment: string;
  /** kubectl context; null: the current one. */
  readonly context: string | null;
  /** Confirms the cluster of the current context. It never confirms a deletion. @default false */
  readonly yes: boolean;
  /** Name of the context in which data may be deleted; null: the operator is asked. */
  readonly deleteIn: string | null;
  /** Whether `monitor-up` forwards ports when everything is ready. @default true */
  readonly forward: boolean;
  /** Whether `monitor-logs` follows the logs. @default true */
  readonly follow: boolean;
  /** How long to wait until everything is ready, in seconds, from 5 to 3600. @default 300 */
  readonly timeoutSeconds: number;
  /** Lines of each log to start with. @default 20 */
  readonly tail: number;
  /** The file that `monitor-export` writes, or the folder that `monitor-backup` creates; null: a name with the time. */
  readonly to: string | null;
  /** The expression of `monitor-query`; null: none. */
  readonly query: string | null;
  /** The trace that `monitor-query` shows; null: none. */
  readonly trace: string | null;
  /** How `monitor-query` and `monitor-test` print. @default 'table' */
  readonly format: 'table' | 'json';
  /** Folder of the backup that `monitor-restore` reads; null: none is given. */
  readonly from: string | null;
  /** Whether `monitor-restore` puts back the data before a restore that is not finished. @default false */
  readonly undo: boolean;
  /** The kubeconfig files that kubectl merges, the first one first. */
  readonly kubeconfigs: readonly string[];
  /** Address of the API server if this process runs in a pod; else null. */
  readonly inClusterServer: string | null;
}

/**
 * Reads them from variables.
 * @throws ConfigError with each invalid one
 */
export function readVerbSettings(environment: Values): VerbSettings {
  const given = Object.keys(SCHEMA.shape).filter((name) => (environment[name] ?? '') !== '');
  const result = SCHEMA.safeParse(Object.fromEntries(given.map((name) => [name, environment[name]])));
  if (!result.success) {
    throw new ConfigError(
      result.error.issues.map(({ path: [key] }) => {
        const name = String(key) as keyof typeof SCHEMA.shape;
        const allowed = String(SCHEMA.shape[name].meta()?.['x-allowed']);
        const file = 'the environment of the process';
        return { file, path: name, value: showValue(environment[name]), allowed, fix: `correct ${name}` };
      }),
    );
  }
  const { ENVIRONMENT, CONTEXT, YES, DELETE, FORWARD, FOLLOW, TIMEOUT, TAIL, TO, FROM, UNDO, Q, TRACE, FORMAT } =
    result.data;
  return {
    environment: ENVIRONMENT,
    context: CONTEXT,
    yes: YES,
    deleteIn: DELETE,
    forward: FORWARD,
    follow: FOLLOW,
    timeoutSeconds: TIMEOUT,
    tail: TAIL,
    to: TO,
    from: FROM,
    undo: UNDO,
    query: Q,
    trace: TRACE,
    format: FORMAT,
    kubeconfigs: kubeconfigsOf(environment),
    inClusterServer: inClusterServerOf(environment),
  };
}

type Values = Readonly<Record<string, string | undefined>>;

function kubeconfigsOf({ KUBECONFIG = '' }: Values): readonly string[] {
  const files = KUBECONFIG.split(delimiter).filter((file) => file !== '');
  return files.length === 0 ? [join(homedir(), '.kube', 'config')] : files;
}

/** The kubelet sets these two variables in each container. */
function inClusterServerOf({ KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' }: Values) {
  if (host === '' || port === '') return null;
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
