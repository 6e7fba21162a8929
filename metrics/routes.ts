/** Routes that are not the requests of users, and routes whose duration is that of a model's answer. */

/**
 * Routes of probes and of /metrics, anchored as all patterns of PromQL are. These names mean nothing else: those of Kubernetes'
 * own programs (https://kubernetes.io/docs/reference/using-api/health-checks/), of Jan Server (/healthcheck, /health/auth) and of
 * Spring (/actuator/health). `/live` is left out: it may be a page.
 */
const PROBES = '/(metrics|health(z|check)?|readyz?|livez|actuator)(/.*)?';

/** A matcher that leaves probes and scrapes out. @param label that has the route, as `http_route` */
export const notProbe = (label: string): string => `${label}!~"${PROBES}"`;

/**
 * Routes on which a model answers, with any prefix: Jan Server serves /v1/… and, where its gateway does not cut the
 * path, /llm/v1/… The names are those of OpenAI's API, which llm-api and response-api have.
 */
const ANSWERS = '.*/((chat/)?completions|responses|images/(generations|edits|variations))';

/**
 * A matcher that leaves out the routes on which a model answers: they take as long as the answer is, streamed or not.
 * @param label that has the route, as `http_route`
 */
export const notAnswer = (label: string): string => `${label}!~"${ANSWERS}"`;

/** A matcher of chat completions, with and without the prefix of the gateway. @param label that has the route */
export const isCompletion = (label: string): string => `${label}=~".*/chat/completions"`;
