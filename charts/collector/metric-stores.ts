import type { Destination } from '../../config/schema/destination';
import { hostOf } from '../../lib/outside';
import type { Pod } from '../../lib/pod';
import { accessOf } from '../common/access';
import { durable } from './queue';
import type { CollectorSettings } from './schema';

const SECRETS_PATH = '/etc/otelcol-secrets';

type Named = readonly [name: string, settings: object];

/** Exporters to stores that receive metrics by OTLP over HTTP, and the extensions for their credentials. */
export function metricStores(pod: Pod, { otlpMetrics, queue }: CollectorSettings) {
  const stores = otlpMetrics.map((store, index) => metricStore(pod, store, index, queue.size));
  return {
    exporters: stores.map(({ exporter }) => exporter),
    extensions: stores.flatMap(({ authenticator }) => (authenticator === null ? [] : [authenticator])),
  };
}

function metricStore(pod: Pod, store: Destination, index: number, queueSize: string) {
  const { name, url, cidr, headers } = store;
  pod.connectOutside({ ...hostOf(url), cidr }, 'metrics by OTLP');
  const { credentials, ca } = accessOf(pod, SECRETS_PATH, `metrics-${index}`, store);
  const authenticator = authenticatorOf(store, credentials);
  const exporter: Named = [
    `otlp_http/${name}`,
    {
      metrics_endpoint: url,
      compression: 'gzip',
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(ca !== null && { tls: { ca_file: ca } }),
      ...(authenticator !== null && { auth: { authenticator: authenticator[0] } }),
      ...durable(queueSize),
    },
  ];
  return { exporter, authenticator };
}

function authenticatorOf({ name, basicAuth }: Destination, file: string | null): Named | null {
  if (file === null) return null;
  return basicAuth === null
    ? [`bearertokenauth/${name}`, { filename: file }]
    : [`basicauth/${name}`, { client_auth: { username: basicAuth.username, password_file: file } }];
}
