import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import { notificationAlerts } from './alerts/notifications';
import { prometheusQueryAlerts } from './alerts/queries';
import { remoteWriteAlerts } from './alerts/remote-write';
import { prometheusRuleAlerts } from './alerts/rules';
import { prometheusSampleAlerts } from './alerts/samples';
import { prometheusStorageAlerts } from './alerts/tsdb';
import { Prometheus } from './chart';
import { schema } from './schema';

/** Prometheus: scrapes targets, stores series, evaluates rules. */
export const prometheus = defineComponent({
  key: 'prometheus',
  order: 30,
  schema,
  reachable: true,
  build: (context, settings) => new Prometheus(context, settings),
  emits: () => [EMITTERS.prometheus, EMITTERS.scrape],
  alerts: [
    prometheusRuleAlerts,
    prometheusStorageAlerts,
    prometheusSampleAlerts,
    prometheusQueryAlerts,
    notificationAlerts,
    remoteWriteAlerts,
  ],
});
