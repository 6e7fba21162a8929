/** Whether Grafana's data sources work, asked through Grafana as its administrator. The password stays in memory. */
import { DATASOURCE_UIDS } from '../../lib/datasource-uids';
import { DATASOURCE_FAILS } from '../doctor/causes/smoke';
import { findingOf } from '../doctor/finding';
import { request } from '../http-request';
import { reasonOf } from '../reason';
import { whileForwarded } from '../short-forward';
import { unchecked } from './own-checks';
import { checkPart, type Row } from './row';
import type { TestRun } from './test-run';

/** A path of each data source that answers 200. */
const PATHS: Readonly<Record<keyof typeof DATASOURCE_UIDS, string>> = {
  prometheus: 'api/v1/query?query=vector(1)',
  jaeger: 'api/services',
  alertmanager: 'api/v2/status',
};

const CHECK = 'data sources';
const NAME = 'data-sources';
/** How long an answer may take. */
const SECONDS = 20;

/** The row of all data sources. */
export async function datasources(run: TestRun): Promise<Row> {
  const { kubectl, desired, expected, signal } = run;
  const { service, port } = desired.places.grafana;
  const uids = Object.values(DATASOURCE_UIDS).filter(
    (uid) => uid !== 'alertmanager' || expected.config.alertmanager.enabled,
  );
  try {
    const authorization = await administrator(run);
    const failed = await whileForwarded(kubectl, { ...desired, service, port }, signal, (address) =>
      failures(`http://${address}/api/datasources/proxy/uid`, uids, authorization, signal),
    );
    if (failed.length === 0) return { check: CHECK, verdict: 'passed', found: uids.join(', ') };
    const text = failed.join('; ');
    return {
      check: CHECK,
      verdict: 'FAILED',
      found: text,
      finding: findingOf(desired, DATASOURCE_FAILS, { part: checkPart(NAME), details: { text } }),
    };
  } catch (error) {
    return unchecked(desired, NAME, CHECK, reasonOf(error));
  }
}

/** The header of the administrator: from the Secret, or else from the file that Grafana reads. */
async function administrator({ kubectl, desired: { namespace, places }, expected }: TestRun): Promise<string> {
  const { secretName, user } = expected.config.grafana.admin;
  const secret = await kubectl.text(['get', 'secret', secretName, '-n', namespace, '--ignore-not-found', '-o', 'json']);
  if (secret !== '') {
    const { data = {} } = JSON.parse(secret) as { data?: Readonly<Record<string, string>> };
    const [name, password] = ['admin-user', 'admin-password'].map((key) =>
      Buffer.from(data[key] ?? '', 'base64').toString(),
    );
    return basic(name || user, password ?? '');
  }
  const file = ['cat', '/run/grafana/admin-password'];
  return basic(
    user,
    await kubectl.text(['exec', '-n', namespace, `deploy/${places.grafana.service}`, '-c', 'grafana', '--', ...file]),
  );
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** One after the other: after a 401 no other is asked, because Grafana locks a user out after five of them. */
async function failures(
  base: string,
  uids: readonly (keyof typeof PATHS)[],
  authorization: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const uid of uids) {
    const url = `${base}/${uid}/${PATHS[uid]}`;
    const { isOk, status } = await request(url, { signal, seconds: SECONDS, init: { headers: { authorization } } });
    if (!isOk) found.push(`${uid}: HTTP ${status}`);
    if (status === 401) break;
  }
  return found;
}
