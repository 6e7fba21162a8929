import { bytes } from '../../config/units';
import type { Pod } from '../../lib/pod';
import { kafkaClient } from '../common/kafka';
import type { KafkaSettings } from '../common/kafka-schema';
import { durableInParts } from './queue';

/** Name of the exporter. */
export const KAFKA_EXPORTER = 'kafka/spans';

/**
 * Spans to Kafka, all spans of a trace to one partition. Batches stay below the topic's largest message, with room for the envelope: Kafka
 * permanently rejects larger messages.
 */
export function kafkaExporter(pod: Pod, kafka: KafkaSettings, queueSize: string) {
  const largest = bytes(kafka.maxMessageSize);
  return {
    ...kafkaClient(pod, kafka),
    traces: { topic: kafka.topic, encoding: 'otlp_proto' },
    partition_traces_by_id: true,
    producer: { required_acks: -1, compression: 'zstd', max_message_bytes: largest },
    ...durableInParts(queueSize, Math.floor(largest * 0.8)),
  };
}
