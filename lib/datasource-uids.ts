/** The uids of the datasources that Grafana has. They are fixed, so that dashboards and links survive a new Grafana. */
export const DATASOURCE_UIDS = { prometheus: 'prometheus', jaeger: 'jaeger', alertmanager: 'alertmanager' } as const;
