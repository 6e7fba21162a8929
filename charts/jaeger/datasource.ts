import { DATASOURCE_UIDS } from '../../lib/datasource-uids';
import type { Endpoint } from '../../lib/endpoint';
import type { Pod } from '../../lib/pod';
import { SPAN_METRICS } from '../../metrics/span-metrics';
import type { Datasource } from '../common/datasource';

/**
 * Links a span to the metrics of the pod that sent it. Grafana fills `$__tags` with those of these tags that the span has. Jaeger's JSON
 * has no tag `service.name`, but the Collector gives each span a `service.instance.id`, which is the label `instance`.
 */
const TRACE_TO_METRICS = {
  tags: [{ key: SPAN_METRICS.instanceAttribute, value: 'instance' }],
  queries: [
    {
      name: 'Requests of this pod',
      query: `topk(20, sum by (span_name) (rate(${SPAN_METRICS.calls}{$__tags}[$__rate_interval]))) # allow open-label`,
    },
  ],
} as const;

/** The datasource of traces. Traces lead back to metrics. */
export const jaegerDatasource = (grafana: Pod, query: Endpoint): Datasource => ({
  name: 'Jaeger',
  type: 'jaeger',
  uid: DATASOURCE_UIDS.jaeger,
  access: 'proxy',
  url: query.urlFor(grafana.party, 'queries'),
  isDefault: false,
  editable: false,
  jsonData: {
    nodeGraph: { enabled: true },
    tracesToMetrics: {
      datasourceUid: DATASOURCE_UIDS.prometheus,
      spanStartTimeShift: '-30m',
      spanEndTimeShift: '30m',
      ...TRACE_TO_METRICS,
    },
  },
});
