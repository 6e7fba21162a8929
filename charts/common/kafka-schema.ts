import * as z from 'zod';
import type { Immutable } from '../../config/immutable';
import { caSecret, hostCidr } from '../../config/schema/destination';
import { line, quantity, secretKey } from '../../config/units';

/** A Kafka between the Collector and Jaeger. */
export const kafka = z
  .strictObject({
    brokers: z
      .array(
        z
          .string()
          .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?:[0-9]{1,5}$/)
          .meta({ 'x-allowed': 'host:port', examples: ['kafka-bootstrap.kafka.svc:9092'] }),
      )
      .min(1)
      .max(20)
      .describe('bootstrap brokers, all of one address range'),
    cidr: hostCidr(),
    topic: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,249}$/)
      .meta({ 'x-allowed': 'the name of a topic', examples: ['otlp_spans'] })
      .default('otlp_spans')
      .describe('topic of the spans'),
    group: line(128).default('jaeger-ingester').describe('consumer group of the ingesters'),
    maxMessageSize: quantity('64Ki', '64Mi')
      .default('900Ki')
      .describe("largest message, below the topic's max.message.bytes, from 64Ki to 64Mi"),
    tls: z.boolean().default(false).describe('whether the connection is encrypted'),
    caSecret: caSecret(),
    sasl: z
      .strictObject({
        username: line(128).describe('user name'),
        passwordSecret: secretKey(),
        mechanism: z
          .enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])
          .default('SCRAM-SHA-512')
          .describe('SASL mechanism'),
      })
      .nullable()
      .default(null)
      .describe('authentication; null: none'),
  })
  .nullable()
  .default(null)
  .describe('Kafka between the Collector and Jaeger; null: none');

/** The Kafka between the Collector and Jaeger, complete. */
export type KafkaSettings = NonNullable<Immutable<z.output<typeof kafka>>>;
