/** Jaeger's storage: everything about one type is in one function: its settings, its Secrets and its connections. */
import { goDuration } from '../../config/units';
import { hostOf } from '../../lib/outside';
import type { Pod } from '../../lib/pod';
import type { SecretKey } from '../../lib/secret-key';
import { accessOf } from '../common/access';
import type { JaegerSettings } from './schema';
import type { TraceStore } from './store-schema';

/** Where the claim is mounted. */
export const DATA_PATH = '/badger';
const SECRETS_PATH = '/etc/jaeger/secrets';
/** What connections to the store are for. */
const PURPOSE = 'store of spans';
/** An environment variable: Jaeger cannot read Cassandra's password from a file. */
const CASSANDRA_PASSWORD = 'CASSANDRA_PASSWORD';

/** OpenSearch or Elasticsearch. */
export type SearchStore = Extract<TraceStore, { type: 'opensearch' | 'elasticsearch' }>;
type Cassandra = Extract<TraceStore, { type: 'cassandra' }>;

/** The entry of `jaeger_storage.backends`, in the words of Jaeger 2.20. */
export function storeConfig(pod: Pod, jaeger: JaegerSettings): Readonly<Record<string, object>> {
  const { store } = jaeger;
  switch (store.type) {
    case 'badger':
      return { badger: badger(jaeger) };
    case 'cassandra':
      return { cassandra: cassandra(pod, store, goDuration(jaeger.ttl)) };
    default:
      return { [store.type]: search(pod, store) };
  }
}

/** Badger on the claim. By default it is ephemeral: the data is lost with the pod (internal/storage/v1/badger/config.go). */
const badger = ({ syncWrites, ttl }: JaegerSettings) => ({
  directories: { keys: `${DATA_PATH}/keys`, values: `${DATA_PATH}/values` },
  ephemeral: false,
  consistency: syncWrites,
  ttl: { spans: goDuration(ttl) },
});

/** Lets a pod connect to the store. */
export function connectSearch(pod: Pod, { urls, cidr }: SearchStore): void {
  for (const url of urls) pod.connectOutside({ ...hostOf(url), cidr }, PURPOSE);
}

/** Mounts the store's certificate authority. @returns its path; null: a public one */
export const caOf = (pod: Pod, { caSecret }: { readonly caSecret: SecretKey | null }): string | null =>
  accessOf(pod, SECRETS_PATH, 'store', { basicAuth: null, caSecret }).ca;

/** A new index each day, which is the default; old ones are deleted by the index cleaner. */
function search(pod: Pod, store: SearchStore) {
  connectSearch(pod, store);
  const { credentials, ca } = accessOf(pod, SECRETS_PATH, 'store', store);
  const index = { shards: store.shards, replicas: store.replicas };
  return {
    server_urls: store.urls,
    ...(store.basicAuth !== null && {
      auth: { basic: { username: store.basicAuth.username, password_file: credentials } },
    }),
    ...(ca !== null && { tls: { ca_file: ca } }),
    indices: {
      index_prefix: store.indexPrefix,
      spans: index,
      services: index,
      dependencies: index,
      sampling: index,
    },
  };
}

/** Cassandra itself deletes expired data. */
function cassandra(pod: Pod, store: Cassandra, ttl: string) {
  const { keyspace, datacenter, createSchema, replicationFactor, servers, port, cidr, basicAuth, tls } = store;
  for (const host of servers) pod.connectOutside({ host, port, cidr }, PURPOSE);
  const ca = caOf(pod, store);
  return {
    schema: {
      keyspace,
      create: createSchema,
      datacenter,
      replication_factor: replicationFactor,
      trace_ttl: ttl,
      dependencies_ttl: ttl,
    },
    connection: {
      servers,
      port,
      local_dc: datacenter,
      ...(basicAuth !== null && {
        auth: {
          basic: {
            username: basicAuth.username,
            password: pod.secretEnv(CASSANDRA_PASSWORD, basicAuth.passwordSecret),
          },
        },
      }),
      tls: { insecure: !tls, ...(ca !== null && { ca_file: ca }) },
    },
  };
}
