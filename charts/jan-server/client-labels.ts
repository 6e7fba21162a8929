/**
 * Labels of Jan Server's metrics whose values come from clients' requests. Each new value would create series that last as long as the pod,
 * 12 for one path, and soon the scrape would exceed `janServer.limits.samples`. Then it fails as a whole, and the service has no metrics
 * until it restarts. The values may also contain personal data, such as an e-mail address in a path.
 *
 * Prometheus counts the samples of a scrape after these steps (scrape/scrape.go, appenderWithLimits). The size of the response is checked
 * before them: `janServer.limits.bodySize` still fails a scrape, after 11,500 paths of 30 characters.
 */
import { drop, type Relabel, replace } from '../common/relabel';

/** A user agent is cut to 60 characters. Nothing uses it: `jan_llm_api_user_agent_family_total` has the few families. */
export const NOT_STORED = 'jan_llm_api_user_agents_total';

const MARK = '__tmp_made_up';
const DROP_MARKED = drop([MARK], '.+');
const mark = (labels: readonly string[], regex: string): Relabel => replace(labels, regex, MARK, 'yes');
const unmark = (label: string, regex: string): Relabel => replace([label], regex, MARK, '');

const LLM_API = 'jan_llm_api_request(s_total|_duration_seconds_(bucket|sum|count))';
/** Any service may use this metric name: it is realtime-api's only with its job. */
const REALTIME_API = 'http_request(s_total|_duration_seconds_(bucket|sum|count));realtime-api';

/** Go's HTTP server accepts any word as a method. */
const METHODS = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE';

/**
 * If no route matches, llm-api uses the raw path as the endpoint, always with status 404 (services/llm-api, middlewares/metrics.go). A path
 * may look like a route, so only the 404 of a known route is kept: that of an unknown model.
 */
const ROUTES_WITH_404 = '(/llm)?/v1/chat/completions';

/** Steps of `metric_relabel_configs`. Prometheus' regular expressions have no negation, so the series to drop get a temporary label. */
export const WITHOUT_MADE_UP_LABELS: readonly Relabel[] = [
  drop(['__name__'], NOT_STORED),
  mark(['__name__', 'job'], `(${LLM_API}|jan_mcp_requests_total);.*|${REALTIME_API}`),
  unmark('method', METHODS),
  DROP_MARKED,
  mark(['__name__', 'status'], `${LLM_API};404`),
  unmark('endpoint', ROUTES_WITH_404),
  DROP_MARKED,
];
