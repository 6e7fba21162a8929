import type { JaegerConfig, TraceStore } from '../../config/schema';
import { goDuration, type SecretKey } from '../../config/units';
import { connectOutside, hostOf } from '../../lib/endpoint';
import { env } from '../../lib/env-text';
import type { Mount } from '../../lib/mount';
import type { ComponentParty, Topology } from '../../lib/topology';
import { accessMounts, accessOf } from '../access';

/** Where the claim is mounted. */
export const DATA_PATH = '/badger';
const SECRETS_PATH = '/etc/jaeger/secrets';
/** A variable of the environment: Jaeger reads no file for Cassandra's password. */
const CASSANDRA_PASSWORD = 'CASSANDRA_PASSWORD';

/** OpenSearch or Elasticsearch. */
export type SearchStore = Extract<TraceStore, { type: 'opensearch' | 'elasticsearch' }>;
type Cassandra = Extract<TraceStore, { type: 'cassandra' }>;

/** The entry of `jaeger_storage.backends`, in the words of Jaeger 2.20. */
export function storeConfig(jaeger: JaegerConfig): Readonly<Record<string, object>> {
  const { store } = jaeger;
  switch (store.type) {
    case 'badger':
      return { badger: badger(jaeger) };
    case 'cassandra':
      return { cassandra: cassandra(store, goDuration(jaeger.ttl)) };
    default:
      return { [store.type]: search(store) };
  }
}

/** Badger on the claim. By default it is ephemeral: it forgets everything with the pod (internal/storage/v1/badger/config.go). */
const badger = ({ syncWrites, ttl }: JaegerConfig) => ({
  directories: { keys: `${DATA_PATH}/keys`, values: `${DATA_PATH}/values` },
  ephemeral: false,
  consistency: syncWrites,
  ttl: { spans: goDuration(ttl) },
});

/** A new index each day, which is the default; old ones are deleted by the index cleaner. */
function search(store: SearchStore) {
  const { credentials, ca } = accessOf(SECRETS_PATH, 'store', store);
  const index = { shards: store.shards, replicas: store.replicas };
  return {
    server_urls: store.urls,
    ...(store.basicAuth !== null && {
      auth: { basic: { username: store.basicAuth.username, password_file: credentials?.path } },
    }),
    ...(ca !== null && { tls: { ca_file: ca.path } }),
    indices: {
      index_prefix: store.indexPrefix,
      spans: index,
      services: index,
      dependencies: index,
      sampling: index,
    },
  };
}

/** Cassandra deletes what is older than its time to live by itself. */
function cassandra(store: Cassandra, ttl: string) {
  const { ca } = accessOf(SECRETS_PATH, 'store', { basicAuth: null, caSecret: store.caSecret });
  const { keyspace, datacenter, createSchema, replicationFactor, servers, port, basicAuth, tls } = store;
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
        auth: { basic: { username: basicAuth.username, password: env(CASSANDRA_PASSWORD) } },
      }),
      tls: { insecure: !tls, ...(ca !== null && { ca_file: ca.path }) },
    },
  };
}

/** Records that a client connects to the store; badger is inside Jaeger. */
export function connectStore(topology: Topology, client: ComponentParty, store: TraceStore): void {
  if (store.type === 'badger') return;
  const hosts =
    store.type === 'cassandra' ? store.servers.map((host) => ({ host, port: store.port })) : store.urls.map(hostOf);
  for (const host of hosts) connectOutside(topology, client, { ...host, cidr: store.cidr }, 'store of spans');
}

/** Passwords that are variables of the environment. */
export const storeSecretEnv = (store: TraceStore): Readonly<Record<string, SecretKey>> =>
  store.type === 'cassandra' && store.basicAuth !== null
    ? { [CASSANDRA_PASSWORD]: store.basicAuth.passwordSecret }
    : {};

/** Files of the store's credentials and certificate authority. */
export function storeMounts(store: TraceStore): Mount[] {
  if (store.type === 'badger') return [];
  const secured = store.type === 'cassandra' ? { basicAuth: null, caSecret: store.caSecret } : store;
  return accessMounts([accessOf(SECRETS_PATH, 'store', secured)]);
}
