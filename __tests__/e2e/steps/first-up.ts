import { kubectl } from '../../cluster/cluster';
import { JAN, NAMESPACE, note, OVERLAY, projectWith, up } from '../stack';

/** The project that all later steps use. */
export const PROJECT = projectWith(OVERLAY);

/** As an operator does it first. */
export function firstUp(): void {
  test('becomes ready, and says that there is no Jan Server yet', async () => {
    const begun = Date.now();
    const output = await up(PROJECT);
    note('monitor-up on an empty cluster, seconds', (Date.now() - begun) / 1000);
    expect(output).toMatch(/namespace jan-server does not exist yet/);
    expect(output).toMatch(/Everything is ready/);
    expect(kubectl(['-n', NAMESPACE, 'get', 'secret', 'grafana-admin', '-o', 'name'])).toMatch(/grafana-admin/);
  });

  test('runs again when Jan Server is there, and makes its Roles', async () => {
    kubectl(['create', 'namespace', JAN]);
    await up(PROJECT);
    expect(kubectl(['-n', JAN, 'get', 'roles', '-o', 'name']).trim().split('\n')).toHaveLength(3);
  });
}
