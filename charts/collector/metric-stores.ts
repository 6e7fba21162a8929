import type { Config } from '../../config/load';
import type { CollectorConfig, Destination } from '../../config/schema';
import { connectOutside, hostOf } from '../../lib/endpoint';
import type { Mount } from '../../lib/mount';
import { type Access, accessMounts, accessOf } from '../access';
import { durable } from './exporters';
import type { PipelineEnds } from './pipelines';

const SECRETS_PATH = '/etc/otelcol-secrets';

type Named = readonly [name: string, settings: object];

const accessesOf = (stores: readonly Destination[]): Access[] =>
  stores.map((store, index) => accessOf(SECRETS_PATH, `metrics-${index}`, store));

/** Exporters to the stores that take metrics by OTLP over HTTP, the extensions that know their credentials, and their edges. */
export function metricStores({ collector }: Config, { topology, own }: PipelineEnds) {
  const accesses = accessesOf(collector.otlpMetrics);
  const stores = collector.otlpMetrics.map((store, index) => {
    const { name, url, cidr, headers } = store;
    connectOutside(topology, own.party, { ...hostOf(url), cidr }, 'metrics by OTLP');
    const { credentials = null, ca = null } = accesses[index] ?? {};
    const authenticator = authenticatorOf(store, credentials?.path);
    const exporter: Named = [
      `otlp_http/${name}`,
      {
        metrics_endpoint: url,
        compression: 'gzip',
        ...(Object.keys(headers).length > 0 && { headers }),
        ...(ca !== null && { tls: { ca_file: ca.path } }),
        ...(authenticator !== null && { auth: { authenticator: authenticator[0] } }),
        ...durable(collector.queue.size),
      },
    ];
    return { exporter, authenticator };
  });
  return {
    exporters: stores.map(({ exporter }) => exporter),
    extensions: stores.flatMap(({ authenticator }) => (authenticator === null ? [] : [authenticator])),
  };
}

function authenticatorOf({ name, basicAuth }: Destination, file: string | undefined): Named | null {
  if (file === undefined) return null;
  return basicAuth === null
    ? [`bearertokenauth/${name}`, { filename: file }]
    : [`basicauth/${name}`, { client_auth: { username: basicAuth.username, password_file: file } }];
}

/** The Secrets of the stores. */
export const storeMounts = ({ otlpMetrics }: CollectorConfig): Mount[] => accessMounts(accessesOf(otlpMetrics));
