import { apply, until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { startPod } from '../pods';
import { JAN, NAMESPACE } from '../stack';

const LABELS = { 'app.kubernetes.io/name': 'jan-server', 'app.kubernetes.io/component': 'llm-api' };
const PORT = 8080;

/** A pod as Jan Server's chart makes it for llm-api, and its Service. */
export function standIn(namespace: string): void {
  apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'jan-server-llm-api', namespace, labels: LABELS },
    spec: { selector: LABELS, ports: [{ name: 'http', port: PORT, targetPort: 'http' }] },
  });
  startPod({
    name: 'llm-api',
    namespace,
    program: 'stand-in',
    env: { PORT: `${PORT}` },
    labels: LABELS,
    isServer: true,
    port: PORT,
  });
}

/** A stand-in for llm-api is found by its labels. */
export function discovery(): void {
  const { query, value } = prometheusIn(NAMESPACE);

  test('are scraped under the name of the service, though Jan Server came after the stack', async () => {
    standIn(JAN);
    const labels = { job: 'llm-api', service: 'llm-api', namespace: JAN, pod: 'llm-api' };
    const selector = Object.entries(labels).map(([key, label]) => `${key}="${label}"`);
    await until(async () => (await value(`up{${selector}}`)) === 1, 'the stand-in to be scraped');
    const [sample] = await query(`jan_llm_api_requests_total{${selector}}`);
    expect(sample?.metric).toMatchObject({ ...labels, endpoint: '/v1/chat/completions', status: '200' });
  });
}
