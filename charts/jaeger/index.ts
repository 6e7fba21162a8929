import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import { jaegerReadAlerts } from './alerts/reads';
import { jaegerWriteAlerts } from './alerts/writes';
import { Jaeger } from './chart';
import { schema } from './schema';

export type { SpanIntake } from './chart';

/** Jaeger: stores spans and shows them. */
export const jaeger = defineComponent({
  key: 'jaeger',
  order: 40,
  schema,
  reachable: true,
  build: (context, settings) => new Jaeger(context, settings),
  emits: () => [EMITTERS.jaeger],
  alerts: [jaegerWriteAlerts, jaegerReadAlerts],
});
