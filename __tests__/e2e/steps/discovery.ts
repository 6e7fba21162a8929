import type { EmitterName } from '../../../metrics/emitters';
import { apply, until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { startPod } from '../pods';
import { JAN, NAMESPACE } from '../stack';

/** A service of Jan Server, and whose metrics its stand-in serves. */
interface Service {
  readonly name: string;
  readonly port: number;
  readonly emitters: readonly EmitterName[];
}

/** Jan Server's services that are scraped. */
export const SERVICES: readonly Service[] = [
  { name: 'llm-api', port: 8080, emitters: ['llmApi'] },
  { name: 'mcp-tools', port: 8091, emitters: ['mcpTools'] },
  { name: 'response-api', port: 8082, emitters: ['responseApi'] },
  { name: 'media-api', port: 8285, emitters: ['mediaApi'] },
  // It has the generic names that the first dashboards asked for.
  { name: 'realtime-api', port: 8186, emitters: ['realtimeApi'] },
];

/** A pod as Jan Server's chart makes it for a service, and its Service. */
function startService({ name, port, emitters }: Service): void {
  const labels = { 'app.kubernetes.io/name': 'jan-server', 'app.kubernetes.io/component': name };
  apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `jan-server-${name}`, namespace: JAN, labels },
    spec: { selector: labels, ports: [{ name: 'http', port, targetPort: 'http' }] },
  });
  startPod({
    name,
    namespace: JAN,
    program: 'stand-in',
    env: { PORT: `${port}`, EMITTERS: emitters.join(',') },
    labels,
    isServer: true,
    port,
  });
}

/** Stand-ins for Jan Server's services are found by their labels. */
export function discovery(): void {
  const { query, value } = prometheusIn(NAMESPACE);

  test('are scraped under the name of the service, though Jan Server came after the stack', async () => {
    for (const service of SERVICES) startService(service);
    const labels = { job: 'llm-api', service: 'llm-api', namespace: JAN, pod: 'llm-api' };
    const selector = Object.entries(labels).map(([key, label]) => `${key}="${label}"`);
    for (const { name } of SERVICES)
      await until(async () => (await value(`up{job="${name}"}`)) === 1, `the stand-in for ${name} to be scraped`);
    const [sample] = await query(`jan_llm_api_requests_total{${selector}}`);
    expect(sample?.metric).toMatchObject({ ...labels, endpoint: '/v1/chat/completions', status: '200' });
  });
}
