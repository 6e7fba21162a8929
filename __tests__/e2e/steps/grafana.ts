import { FORWARDED, kubectl } from '../../cluster/cluster';
import { whileForwarded } from '../forwarded';
import { HAS_GRAFANA, NAMESPACE, note } from '../stack';
import { PROJECT } from './first-up';

const secret = (key: string) =>
  Buffer.from(
    kubectl(['-n', NAMESPACE, 'get', 'secret', 'grafana-admin', '-o', `jsonpath={.data.${key}}`]),
    'base64',
  ).toString();

/** Asks Grafana through the forwarded port, as its administrator. The password stays in this process. */
const ask = (path: string) =>
  whileForwarded(PROJECT, ['GRAFANA_PORT'], async () => {
    const credentials = Buffer.from(`${secret('admin-user')}:${secret('admin-password')}`).toString('base64');
    const response = await fetch(`http://127.0.0.1:${FORWARDED.GRAFANA_PORT}${path}`, {
      headers: { Authorization: `Basic ${credentials}` },
    });
    return { status: response.status, body: (await response.json()) as unknown };
  });

/** Where its image can be pulled; nowhere else is anything said about it. */
export function grafana(): void {
  if (!HAS_GRAFANA) {
    note('NOT TESTED', 'Grafana: there is no image of it here');
    return;
  }

  test('is healthy', async () => {
    expect(await ask('/api/health')).toMatchObject({ status: 200, body: { database: 'ok' } });
  });

  test.each(['prometheus', 'jaeger'])('reaches its datasource %s', async (uid) => {
    expect(await ask(`/api/datasources/uid/${uid}/health`)).toMatchObject({ status: 200, body: { status: 'OK' } });
  });

  test('has the dashboards', async () => {
    const { body } = await ask('/api/search?type=dash-db');
    expect((body as readonly { uid: string }[]).map(({ uid }) => uid)).toContain('jan-server-overview');
  });
}
