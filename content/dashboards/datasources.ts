import { DATASOURCE_UIDS } from '../../lib/datasource-uids';

/** A datasource as a panel names it. */
export const DATASOURCES = {
  prometheus: { type: 'prometheus', uid: DATASOURCE_UIDS.prometheus },
  jaeger: { type: 'jaeger', uid: DATASOURCE_UIDS.jaeger },
  alertmanager: { type: 'alertmanager', uid: DATASOURCE_UIDS.alertmanager },
} as const;
