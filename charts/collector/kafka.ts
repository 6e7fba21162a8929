import type { KafkaConfig } from '../../config/schema';
import { bytes, type SecretKey } from '../../config/units';
import { connectOutside, hostOfPair } from '../../lib/endpoint';
import { env } from '../../lib/env-text';
import { type Mount, secretFile } from '../../lib/mount';
import type { ComponentParty, Topology } from '../../lib/topology';
import { durable } from './exporters';

/** Name of the exporter. */
export const KAFKA_EXPORTER = 'kafka/spans';

const SECRETS_PATH = '/etc/kafka';
/** A variable of the environment, since Kafka clients of the Collector read no file for it. */
const PASSWORD = 'KAFKA_PASSWORD';

const caOf = ({ caSecret }: KafkaConfig) => (caSecret === null ? null : secretFile(SECRETS_PATH, 'kafka-ca', caSecret));

/** Brokers, authentication and TLS, as the Collector's Kafka components and Jaeger's take them; and the edges to the brokers. */
export function kafkaClient(topology: Topology, client: ComponentParty, kafka: KafkaConfig) {
  const { brokers, cidr, sasl, tls } = kafka;
  const ca = caOf(kafka);
  for (const broker of brokers) connectOutside(topology, client, { ...hostOfPair(broker), cidr }, 'spans by Kafka');
  return {
    brokers,
    ...(sasl !== null && {
      auth: {
        sasl: { username: sasl.username, password: env(PASSWORD), mechanism: sasl.mechanism },
      },
    }),
    ...(tls && { tls: ca === null ? { insecure: false } : { ca_file: ca.path } }),
  };
}

/**
 * Spans into Kafka, a trace's spans into one partition. Batches stay below the topic's largest message, with room for the
 * envelope: Kafka refuses what is larger, for good.
 */
export function kafkaExporter(topology: Topology, client: ComponentParty, kafka: KafkaConfig, queueSize: string) {
  const largest = bytes(kafka.maxMessageSize);
  return {
    ...kafkaClient(topology, client, kafka),
    traces: { topic: kafka.topic, encoding: 'otlp_proto' },
    partition_traces_by_id: true,
    producer: { required_acks: -1, compression: 'zstd', max_message_bytes: largest },
    ...durable(queueSize, Math.floor(largest * 0.8)),
  };
}

/** The password as a variable of the environment. */
export const kafkaSecretEnv = (kafka: KafkaConfig | null): Readonly<Record<string, SecretKey>> =>
  kafka === null || kafka.sasl === null ? {} : { [PASSWORD]: kafka.sasl.passwordSecret };

/** The certificate authority of the brokers. */
export function kafkaMounts(kafka: KafkaConfig | null): Mount[] {
  const ca = kafka === null ? null : caOf(kafka);
  return ca === null ? [] : [ca.mount];
}
