/** The uids of Grafana's datasources. They are fixed, so that dashboards and links still work after Grafana is reinstalled. */
export const DATASOURCE_UIDS = { prometheus: 'prometheus', jaeger: 'jaeger', alertmanager: 'alertmanager' } as const;
