/** Queries that are answered without data in the cluster of the tests, and why. */
import { RUNBOOK_UID_PREFIX } from '../../../lib/dashboard-uids';

/** What cannot have data here, and why. A query that one of these finds may be answered without data, and no other. */
const WITHOUT_DATA: readonly (readonly [expr: RegExp, reason: string])[] = [
  [/ALERTS\{alertstate="firing"/, 'no alert fires'],
  [/log_records/, 'no service sends logs'],
  [
    /_(refused|send_failed|enqueue_failed|receiver_failed)_|deltatocumulative_datapoints/,
    'nothing was refused or lost',
  ],
  [/bulk_index_errors/, 'the store of Jaeger is no index'],
  [/scrape_duration_seconds and on .*up == 0/, 'no target is down'],
  [/prometheus_remote_storage_/, 'development writes to no other store'],
  [/kube_statefulset_/, 'development has no StatefulSet'],
  [
    /^histogram_quantile\(.*(jan_llm_api_request_duration_seconds|llm_api_endpoint:request_buckets)/,
    'what stands for llm-api has completions only',
  ],
  [/jan_mcp_tool_duration_seconds_bucket.*le=~"30/, 'what stands for mcp-tools has no bucket of 30 s'],
  [/kube_pod_container_info.* offset /, 'no container has changed its image'],
  [/SPAN_KIND_(PRODUCER|CONSUMER)/, 'no service sends or takes messages'],
  [/kube_(cron)?job_/, 'development has no Job'],
  [/container_cpu_cfs_|kube_pod_container_resource_limits\{[^}]*resource="cpu"/, 'no container has a limit of CPU'],
  [/container_status_restarts_total|last_terminated_reason/, 'no container has restarted'],
  [/processor=~"\(filter\|/, 'the stack has no filter and no sampler'],
  [/alertmanager_cluster_/, 'one Alertmanager has no cluster'],
  [/alertmanager_notifications?_/, 'no notification has been sent yet'],
  [/grafana_alerting_/, 'Grafana has no alert rules of its own'],
  [/otelcol_truncated="true"|otel_metric_overflow="true"/, 'nothing was cut, and no limit reached'],
  [/http_response_status_code!~"\[1-4\]\.\."/, 'no request of llm-api has failed'],
  [/ offset -1y\)/, 'it is there for its exemplars, and has no values'],
  [/time_to_first_chunk|first_chunk_buckets/, "Jan Server's spans do not record when the first chunk arrived"],
];

/** A query, and the dashboard and panel that ask it. */
export interface Asked {
  readonly place: string;
  readonly expr: string;
}

/** Why a query may be answered without data; undefined: it must not. */
export const reasonFor = ({ place, expr }: Asked): string | undefined =>
  place.startsWith(RUNBOOK_UID_PREFIX)
    ? 'the alert of a runbook does not fire, or what it counts has not happened'
    : WITHOUT_DATA.find(([text]) => text.test(expr))?.[1];

/** How many queries have no data, by the reason. */
export function byReason(queries: readonly Asked[]) {
  const counts = new Map<string, number>();
  for (const query of queries) counts.set(reasonFor(query) ?? '', (counts.get(reasonFor(query) ?? '') ?? 0) + 1);
  return counts;
}
