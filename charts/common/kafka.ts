/** Clients of the Kafka between the Collector and Jaeger. */
import { hostOfPair } from '../../lib/outside';
import type { Pod } from '../../lib/pod';
import type { KafkaSettings } from './kafka-schema';

const SECRETS_PATH = '/etc/kafka';
/** An environment variable: the Collector's Kafka clients cannot read the password from a file. */
const PASSWORD = 'KAFKA_PASSWORD';

/** Brokers, authentication and TLS, in the form that the Kafka components of the Collector and of Jaeger share. */
export function kafkaClient(pod: Pod, { brokers, cidr, sasl, tls, caSecret }: KafkaSettings) {
  const ca = caSecret === null ? null : pod.secretFile(SECRETS_PATH, 'kafka-ca', caSecret);
  for (const broker of brokers) pod.connectOutside({ ...hostOfPair(broker), cidr }, 'spans by Kafka');
  return {
    brokers,
    ...(sasl !== null && {
      auth: {
        sasl: {
          username: sasl.username,
          password: pod.secretEnv(PASSWORD, sasl.passwordSecret),
          mechanism: sasl.mechanism,
        },
      },
    }),
    ...(tls && { tls: ca === null ? { insecure: false } : { ca_file: ca } }),
  };
}
