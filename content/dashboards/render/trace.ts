/** Panels of traces: the spans of one trace, and a table of traces. */
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table';
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { DATASOURCES } from '../datasources';
import type { Traces } from '../spec';
import { type Links, urlOf } from './links';

/** The spans of one trace. The SDK has no builder for Grafana's panel `traces`, which has no options of its own. */
export const trace = (): PanelBuilder =>
  new PanelBuilder().type('traces').datasource(DATASOURCES.jaeger).unit('string').options({});

/** Widths of the columns in pixels. The name of the trace gets the rest. */
const WIDTHS = { 'Trace ID': 120, 'Start time': 170, Duration: 110 } as const;

/**
 * A table of traces that Jaeger finds. Jaeger defines the columns (grafana-jaeger-datasource, pkg/jaeger/utils/client_utils.go). The unit
 * `string` prevents Grafana from reading a trace ID as a number.
 */
export function traceTable({ service }: Traces, to: Links): TablePanel {
  const builder = new TablePanel().datasource(DATASOURCES.jaeger).unit('string');
  const link = to.targets.has(DASHBOARD_UIDS.trace) ? linkTo(service) : [];
  for (const [heading, width] of Object.entries(WIDTHS))
    builder.overrideByName(heading, [...(heading === 'Trace ID' ? link : []), { id: 'custom.width', value: width }]);
  return builder;
}

/**
 * The link of a trace ID. The datasource links it to Explore, which a viewer may not open. Grafana 12 replaces that link by the override's;
 * 13 appends it to them, and a click would open a menu. So the first property removes it (packages/grafana-data, fieldOverrides.ts,
 * setDynamicConfigValue).
 */
const linkTo = (service: string) => [
  { id: 'links', value: null },
  {
    id: 'links',
    value: [
      {
        title: 'Open the trace',
        url: urlOf(DASHBOARD_UIDS.trace, { traceId: '${__value.raw}', service: service.replace(/^\$(\w+)$/, '${$1}') }),
        targetBlank: false,
      },
    ],
  },
];
