import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import { grafanaAlerts } from './alerts/grafana';
import { Grafana } from './chart';
import { schema } from './schema';

/** Grafana: datasources, dashboards, and alerts if Grafana evaluates them. */
export const grafana = defineComponent({
  key: 'grafana',
  order: 50,
  schema,
  reachable: true,
  build: (context, settings) => new Grafana(context, settings),
  emits: () => [EMITTERS.grafana],
  alerts: [grafanaAlerts],
});
