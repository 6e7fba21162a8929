/** Checks that only the operator's machine can make: the ports that it forwards, its clock, and Grafana as the administrator. */
import { connect } from 'node:http2';
import { PORTS } from '../../lib/endpoint';
import { CLOCKS_DIFFER, NOT_FORWARDED, UNCHECKED } from '../doctor/causes/smoke';
import type { DesiredState } from '../doctor/desired-state';
import { findingOf } from '../doctor/finding';
import type { Expected } from '../expected';
import type { Forward } from '../forward';
import type { Kubectl } from '../kubectl';
import { whileForwarded } from '../short-forward';
import { checkPart, type Row } from './row';

/** How long an answer may take, in milliseconds. */
const ANSWER_TIMEOUT = 10_000;

/** By how much the clocks may differ, in seconds, as in the script of the Job. */
const MAX_SKEW_SECONDS = 5;

/** Runs the checks; they share what they need. */
export interface OwnChecks {
  readonly kubectl: Kubectl;
  readonly desired: DesiredState;
  readonly expected: Expected;
  readonly signal: AbortSignal;
}

/** Every port that `monitor-up` forwards: something behind each must answer. */
export async function forwardedPorts(own: OwnChecks, forwards: readonly Forward[]): Promise<Row> {
  const { kubectl, desired, signal } = own;
  const check = 'forwarded ports';
  const failed: string[] = [];
  // One after the other: each has a kubectl and its guard.
  for (const { title, service, remote: port } of forwards) {
    const error = await whileForwarded(kubectl, { ...desired, service, port }, signal, (address) =>
      port === PORTS.otlpGrpc.port ? answersHttp2(address) : answersHttp(address),
    ).catch(reasonOf);
    if (error !== null) failed.push(`${title} (${service}:${port}): ${error}`);
  }
  const text = failed.join('; ');
  if (text === '') return { check, verdict: 'passed', found: `${forwards.length} ports` };
  return {
    check,
    verdict: 'FAILED',
    found: text,
    finding: findingOf(desired, NOT_FORWARDED, { part: checkPart('forwarded-ports'), details: { text } }),
  };
}

/** Any answer will do, an error too. */
async function answersHttp(address: string): Promise<null> {
  await fetch(`http://${address}/`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT), redirect: 'manual' });
  return null;
}

/** gRPC is HTTP/2, whose server begins with its settings. */
const answersHttp2 = (address: string): Promise<null> =>
  new Promise((resolve, reject) => {
    const session = connect(`http://${address}`);
    session.setTimeout(ANSWER_TIMEOUT, () => session.destroy(new Error('no answer')));
    session.once('error', reject);
    session.once('close', () => reject(new Error('the connection was closed')));
    session.once('remoteSettings', () => {
      resolve(null);
      session.close();
    });
  });

/** What a browser calls the last minutes is decided by this machine's clock. */
export async function clockOfThisMachine({ kubectl, desired, signal }: OwnChecks): Promise<Row> {
  const check = 'clock of this machine';
  const { service, port } = desired.places.prometheus;
  try {
    const off = await whileForwarded(kubectl, { ...desired, service, port }, signal, async (address) => {
      const { headers } = await fetch(`http://${address}/-/ready`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT) });
      return Math.round((Date.now() - Date.parse(headers.get('date') ?? '')) / 1000);
    });
    if (Math.abs(off) <= MAX_SKEW_SECONDS) return { check, verdict: 'passed', found: '' };
    const text = `this machine is ${off} s off, compared with Prometheus`;
    return {
      check,
      verdict: 'FAILED',
      found: text,
      finding: findingOf(desired, CLOCKS_DIFFER, { part: checkPart('this-clock'), details: { text } }),
    };
  } catch (error) {
    return unchecked(desired, 'this-clock', check, reasonOf(error));
  }
}

/** A row of a check that could not be done. @param name of the check in its finding */
export const unchecked = (desired: DesiredState, name: string, check: string, text: string): Row => ({
  check,
  verdict: 'NOT CHECKED',
  found: text,
  finding: findingOf(desired, UNCHECKED, { part: checkPart(name), details: { text } }),
});

/** An error in a few words: that of kubectl or of a connection. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return (cause instanceof Error ? cause.message : message).trim().split('\n').at(-1) ?? '';
}
