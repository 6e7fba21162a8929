/** Targets of clicks on lines. Grafana expands `${__field.labels.…}` with the labels of the clicked line. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { FAILED } from '../../../metrics/span-metrics';
import type { Link } from '../spec';

/** Tags of traces with a span that failed, in logfmt: those that the Collector marks. */
export const FAILED_SPANS = `${FAILED}=true`;

/** The value of a label of the line that is clicked. */
export const clicked = (label: string): string => `\${__field.labels.${label}}`;

/** To the requests of the service of a line. */
export const toService = (service = clicked('service_name')): Link => ({
  title: 'Requests of this service',
  dashboard: DASHBOARD_UIDS.red,
  variables: { service },
});

/**
 * To the traces of the service of a line. It is a dashboard and not Explore, which a viewer may not open.
 * @param tags only traces with a span that has these, in logfmt. @default - all
 */
export const toTraces = (service = clicked('service_name'), tags?: string): Link => ({
  title: tags === undefined ? 'Traces of this service' : 'Traces with these spans',
  dashboard: DASHBOARD_UIDS.traces,
  variables: { service, ...(tags !== undefined && { tags }) },
});
