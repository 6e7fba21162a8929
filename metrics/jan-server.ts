/** PromQL on the counters of Jan Server's services. They count probes and scrapes too, which are left out here. */
import { notAnswer, notProbe } from './routes';
import { selector } from './spans';

/** Requests to llm-api, by its own counter. It is there without spans. */
export const llmApiRequests = (...matchers: readonly string[]): string =>
  selector('jan_llm_api_requests_total', notProbe('endpoint'), ...matchers);

/** Matchers of the requests to llm-api on which no model answers: the others take as long as the answer is. */
export const LLM_API_PLAIN = [notProbe('endpoint'), notAnswer('endpoint')].join(',');

/** Requests to realtime-api, by its own counter, whose name any service may have. */
export const realtimeRequests = (...matchers: readonly string[]): string =>
  selector('http_requests_total', 'job="realtime-api"', notProbe('path'), ...matchers);
