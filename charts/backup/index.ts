import { defineComponent } from '../common/component';
import { backupAlerts } from './alerts/age';
import { Backup } from './chart';
import { schema } from './schema';

/** Scheduled backups of Prometheus, Grafana and Alertmanager, to claims or to a bucket. */
export const backup = defineComponent({
  key: 'backup',
  order: 95,
  schema,
  build: (context, settings) =>
    settings.schedule === null ? null : new Backup(context, { ...settings, schedule: settings.schedule }),
  alerts: [backupAlerts],
});
