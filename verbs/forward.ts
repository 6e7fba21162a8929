import { type ChildProcess, spawn } from 'node:child_process';
import type { Variables } from '../config/variables';
import { controllersOf, type Expected, hasNoPods } from './expected';
import type { Kubectl } from './kubectl';
import { pause, say } from './terminal';

/** One port of a Service on this machine. */
export interface Forward {
  /** As people know it. */
  readonly title: string;
  readonly service: string;
  /** Port of the Service. */
  readonly remote: number;
  /** Port of this machine. */
  readonly local: number;
  /** The variable that names it; null: it is the same port, or none. */
  readonly variable: keyof Variables | null;
}

/** What is forwarded: the ports that people and their programs use. */
export function forwardsOf(expected: Expected, variables: Variables): Forward[] {
  type Spec = { readonly ports?: readonly { readonly port: number }[] };
  // Behind the Service of a workload that is rendered without pods nobody listens.
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

/**
 * Forwards ports until the signal is given. A forward ends with its pod; it is begun again. Each kubectl has a guard process
 * that ends it as soon as this process is gone, even killed outright, so that none is left behind.
 */
export async function forwardPorts(
  kubectl: Kubectl,
  namespace: string,
  forwards: readonly Forward[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(forwards.map((forward) => keepForwarding(kubectl, namespace, forward, signal)));
}

async function keepForwarding(
  kubectl: Kubectl,
  namespace: string,
  forward: Forward,
  signal: AbortSignal,
): Promise<void> {
  const { service, local, remote } = forward;
  const args = ['-n', namespace, 'port-forward', `service/${service}`, `${local}:${remote}`, '--address=127.0.0.1'];
  for (let again = false; !signal.aborted; again = true) {
    const said = await guarded(kubectl.commandLine(args), signal, () => {
      if (again) say(`port ${local} leads to ${service} again`);
    });
    if (signal.aborted) return;
    say(`port ${local} lost ${service}${said === '' ? '' : ` (${said})`}; trying again`);
    await pause(2, signal);
  }
}

/** Name of the hidden verb that guards one kubectl. */
export const GUARD = 'guard';

/** Runs kubectl under a guard, and resolves with its last line of complaint when it has ended. */
function guarded(args: readonly string[], signal: AbortSignal, onReady: () => void): Promise<string> {
  const guard = spawn(process.execPath, [process.argv[1] ?? '', GUARD, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const stop = () => guard.connected && guard.disconnect();
  signal.addEventListener('abort', stop, { once: true });
  let complaint = '';
  guard.stdout?.on('data', (data: Buffer) => data.toString().startsWith('Forwarding') && onReady());
  guard.stderr?.on('data', (data: Buffer) => {
    complaint = data.toString().trim().split('\n').at(-1) ?? '';
  });
  return new Promise((resolve) => {
    guard.once('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(complaint);
    });
  });
}

/** The guard: runs kubectl, and ends it when the channel to the process that started us closes. */
export function runGuard(args: readonly string[]): void {
  const child: ChildProcess = spawn('kubectl', [...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  process.once('disconnect', () => child.kill());
  // A terminal's Ctrl-C reaches kubectl as well; the guard ends after it.
  process.on('SIGINT', () => undefined);
  child.once('close', (code) => {
    if (process.connected) process.disconnect();
    process.exitCode = code ?? 1;
  });
}
