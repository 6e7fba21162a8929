/** The uids of our own dashboards, by which links find them. No dashboard of a user may have one of them. */
export const DASHBOARD_UIDS = { janServer: 'jan-server-overview', services: 'services-overview' } as const;
