import { kubectl } from '../../cluster/cluster';
import { runPod } from '../pods';
import { HAS_GRAFANA, NAMESPACE, note } from '../stack';

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Where its image can be pulled; nowhere else is anything said about it. */
export function grafana(): void {
  if (!HAS_GRAFANA) {
    note('NOT TESTED', 'Grafana: there is no image of it here');
    return;
  }

  const ask = async <Body>(path: string): Promise<Answer<Body>> => {
    const secret = (key: string) =>
      Buffer.from(
        kubectl(['-n', NAMESPACE, 'get', 'secret', 'grafana-admin', '-o', `jsonpath={.data.${key}}`]),
        'base64',
      ).toString();
    const url = `http://${secret('admin-user')}:${secret('admin-password')}@grafana:3000${path}`;
    const env = { REQUESTS: JSON.stringify([{ url }]) };
    const [answer] = await runPod<readonly Answer<Body>[]>({
      name: 'e2e-grafana',
      namespace: NAMESPACE,
      program: 'ask',
      env,
    });
    return answer as Answer<Body>;
  };

  test('is well', async () => {
    expect(await ask('/api/health')).toMatchObject({ status: 200, body: { database: 'ok' } });
  });

  test.each(['prometheus', 'jaeger'])('reaches its datasource %s', async (uid) => {
    expect(await ask(`/api/datasources/uid/${uid}/health`)).toMatchObject({ status: 200, body: { status: 'OK' } });
  });

  test('has the dashboards', async () => {
    const { body } = await ask<readonly { uid: string }[]>('/api/search?type=dash-db');
    expect(body.map(({ uid }) => uid)).toContain('jan-server-overview');
  });
}
