/** PromQL on the counters of Jan Server's services. The counters include probes and scrapes, which are left out here. */
import { notAnswer, notProbe } from './routes';
import { selector } from './spans';

/** Counter of requests to llm-api, by its own measurement. */
export const LLM_API_REQUESTS = 'jan_llm_api_requests_total';

/** Requests to llm-api, by its own counter, which works without spans. */
export const llmApiRequests = (...matchers: readonly string[]): string =>
  selector(LLM_API_REQUESTS, notProbe('endpoint'), ...matchers);

/** Histogram of the duration of requests to llm-api, by its own measurement, in seconds. */
export const LLM_API_DURATION = 'jan_llm_api_request_duration_seconds';

/** Matchers of the requests to llm-api that no model answers: the duration of the others depends on the length of the answer. */
export const LLM_API_PLAIN = [notProbe('endpoint'), notAnswer('endpoint')].join(',');

/** Requests to realtime-api, by its own counter. Other services may use the same name. */
export const realtimeRequests = (...matchers: readonly string[]): string =>
  selector('http_requests_total', 'job="realtime-api"', notProbe('path'), ...matchers);
