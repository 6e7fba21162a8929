import { apply, until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { startPod } from '../pods';
import { note } from '../stack';
import { FAULTS, FAULTS_JAN } from './place';

const SERVICE = 'llm-api';
const PORT = 8080;

/** F19. */
export function cardinality(): void {
  const { query, value } = prometheusIn(FAULTS);

  test('a service with 100,000 new series in each scrape: its scrapes are refused, and the other targets stay up', async () => {
    const up = `up{job!="${SERVICE}"}`;
    const before = (await query(`${up} == 1`)).length;
    expect(before).toBeGreaterThan(0);
    const labels = { 'app.kubernetes.io/name': 'jan-server', 'app.kubernetes.io/component': SERVICE };
    apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `jan-server-${SERVICE}`, namespace: FAULTS_JAN, labels },
      spec: { selector: labels, ports: [{ name: 'http', port: PORT, targetPort: 'http' }] },
    });
    startPod({
      ...{ name: 'faults-bomb', namespace: FAULTS_JAN, program: 'bomb', labels, isServer: true, port: PORT },
      env: { PORT: `${PORT}`, SERIES: '100000' },
    });
    const exceeded = 'prometheus_target_scrapes_exceeded_sample_limit_total';
    await until(async () => ((await value(exceeded)) ?? 0) >= 2, 'two scrapes beyond the limit', 180);
    expect(await value(`up{job="${SERVICE}"}`)).toBe(0);
    expect(await query('{__name__="e2e_bomb"}')).toEqual([]);
    expect((await query(`${up} == 1`)).length).toBe(before);
    note('F19: 100,000 new series in a scrape', { refused: await value(exceeded), otherTargetsUp: before });
  });
}
