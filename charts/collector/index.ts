import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import { collectorLossAlerts } from './alerts/data-loss';
import { collectorIntakeAlerts } from './alerts/intake';
import { collectorMemoryAlerts } from './alerts/memory';
import { collectorQueueAlerts } from './alerts/queues';
import { Collector } from './chart';
import { schema } from './schema';

/** The OpenTelemetry Collector: receives OTLP, enriches it, and makes metrics from spans. */
export const collector = defineComponent({
  key: 'collector',
  order: 20,
  schema,
  reachable: true,
  build: (context, settings) => new Collector(context, settings),
  emits: () => [EMITTERS.collector, EMITTERS.spanMetrics, EMITTERS.genAi, EMITTERS.sdk],
  alerts: [collectorLossAlerts, collectorQueueAlerts, collectorMemoryAlerts, collectorIntakeAlerts],
});
