/** Targets of clicks on lines. Grafana expands `${__field.labels.…}` with the labels of the clicked line. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { DATASOURCES } from '../datasources';
import { exploreUrl } from '../explore';
import type { Link } from '../spec';

/** The value of a label of the line that is clicked. */
export const clicked = (label: string): string => `\${__field.labels.${label}}`;

/** To the requests of the service of a line. */
export const toService = (service = clicked('service_name')): Link => ({
  title: 'Requests of this service',
  dashboard: DASHBOARD_UIDS.red,
  variables: { service },
});

/**
 * To the traces of the service of a line, in Explore.
 * @param tags only traces with a span that has these, in logfmt. @default - all
 */
export function toTraces(service = clicked('service_name'), tags?: string): Link {
  return {
    title: tags === undefined ? 'Traces in Jaeger' : 'Failed traces in Jaeger',
    url: exploreUrl('jaeger', {
      datasource: DATASOURCES.jaeger,
      query: { queryType: 'search', service, ...(tags && { tags }) },
      range: { from: '${__from}', to: '${__to}' },
    }),
  };
}
