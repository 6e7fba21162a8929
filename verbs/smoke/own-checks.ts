/** Checks that only the operator's machine can make: the ports that it forwards, its clock, and Grafana as the administrator. */
import { connect } from 'node:http2';
import { MAX_SKEW_SECONDS } from '../../charts/smoke/script';
import { PORTS } from '../../lib/endpoint';
import { CLOCKS_DIFFER, NOT_FORWARDED, UNCHECKED } from '../doctor/causes/smoke';
import type { DesiredState } from '../doctor/desired-state';
import { findingOf } from '../doctor/finding';
import type { Forward } from '../forward';
import { request } from '../http-request';
import { reasonOf } from '../reason';
import { whileForwarded } from '../short-forward';
import { checkPart, type Row } from './row';
import type { TestRun } from './test-run';

/** How long an answer may take. */
const SECONDS = 10;

/** Every port that `monitor-up` forwards: something behind each must answer. */
export async function forwardedPorts(run: TestRun, forwards: readonly Forward[]): Promise<Row> {
  const { kubectl, desired, signal } = run;
  const check = 'forwarded ports';
  const failed: string[] = [];
  // One after the other: each has a kubectl and its guard.
  for (const { title, service, remote: port } of forwards) {
    signal.throwIfAborted();
    const error = await whileForwarded(kubectl, { ...desired, service, port }, signal, (address) =>
      port === PORTS.otlpGrpc.port ? answersHttp2(address) : answersHttp(address, signal),
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
async function answersHttp(address: string, signal: AbortSignal): Promise<null> {
  await request(`http://${address}/`, { signal, seconds: SECONDS, init: { redirect: 'manual' } });
  return null;
}

/** gRPC is HTTP/2, whose server begins with its settings. */
const answersHttp2 = (address: string): Promise<null> =>
  new Promise((resolve, reject) => {
    const session = connect(`http://${address}`);
    session.setTimeout(SECONDS * 1000, () => session.destroy(new Error(`no answer within ${SECONDS} s`)));
    session.on('error', reject);
    session.once('close', () => reject(new Error('the connection was closed')));
    session.once('remoteSettings', () => {
      resolve(null);
      session.close();
    });
  });

/** What a browser calls the last minutes is decided by this machine's clock. */
export async function clockOfThisMachine({ kubectl, desired, signal }: TestRun): Promise<Row> {
  const check = 'clock of this machine';
  const { service, port } = desired.places.prometheus;
  try {
    const off = await whileForwarded(kubectl, { ...desired, service, port }, signal, async (address) => {
      const { headers } = await request(`http://${address}/-/ready`, { signal, seconds: SECONDS });
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
