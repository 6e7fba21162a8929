import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import { alertmanagerClusterAlerts } from './alerts/cluster';
import { alertmanagerAlerts } from './alerts/delivery';
import { Alertmanager } from './chart';
import { schema } from './schema';

/** Alertmanager: groups alerts, and sends notifications. */
export const alertmanager = defineComponent({
  key: 'alertmanager',
  order: 60,
  schema,
  reachable: true,
  build: (context, settings) => (settings.enabled ? new Alertmanager(context, settings) : null),
  emits: ({ enabled }) => (enabled ? [EMITTERS.alertmanager] : []),
  alerts: [alertmanagerAlerts, alertmanagerClusterAlerts],
});
