/**
 * Labels of Jan Server's metrics whose values anybody who sends a request makes up. Each request would leave series for as long as the
 * pod runs, 12 for one path, and soon the scrape would be beyond `janServer.limits.samples`: then it fails as a whole, and nothing of
 * that service is watched until it restarts. They may also hold what users write, as an e-mail address in a path.
 *
 * Prometheus counts the samples of a scrape after these steps (scrape/scrape.go, appenderWithLimits). The size of the answer is
 * limited before: `janServer.limits.bodySize` still ends a scrape, after 11,500 paths of 30 characters.
 */
import { drop, type Relabel, replace } from '../shared/relabel';

/** Of a user agent 60 characters are kept. Nothing reads it: `jan_llm_api_user_agent_family_total` has the few families. */
export const NOT_STORED = 'jan_llm_api_user_agents_total';

const MARK = '__tmp_made_up';
const DROP_MARKED = drop([MARK], '.+');
const mark = (labels: readonly string[], regex: string): Relabel => replace(labels, regex, MARK, 'yes');
const unmark = (label: string, regex: string): Relabel => replace([label], regex, MARK, '');

const LLM_API = 'jan_llm_api_request(s_total|_duration_seconds_(bucket|sum|count))';
/** A name that any service may have: it is realtime-api's with its job only. */
const REALTIME_API = 'http_request(s_total|_duration_seconds_(bucket|sum|count));realtime-api';

/** Go's server takes any word for a method. */
const METHODS = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE';

/**
 * Where nothing is served, llm-api has the path as it came for its endpoint, and always the status 404
 * (services/llm-api, middlewares/metrics.go). A path may look like a route, so what is kept is a list: an unknown model.
 */
const ROUTES_WITH_404 = '(/llm)?/v1/chat/completions';

/** Steps of `metric_relabel_configs`. A regular expression of Prometheus cannot say "not": what is to go is marked, and what stays unmarked. */
export const WITHOUT_MADE_UP_LABELS: readonly Relabel[] = [
  drop(['__name__'], NOT_STORED),
  mark(['__name__', 'job'], `(${LLM_API}|jan_mcp_requests_total);.*|${REALTIME_API}`),
  unmark('method', METHODS),
  DROP_MARKED,
  mark(['__name__', 'status'], `${LLM_API};404`),
  unmark('endpoint', ROUTES_WITH_404),
  DROP_MARKED,
];
