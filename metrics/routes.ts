/** Routes that are not requests of users, and routes whose duration depends on a model's answer. */

/**
 * Routes of probes and of /metrics, anchored as all patterns of PromQL are. The names are unambiguous: those of Kubernetes' own programs
 * (https://kubernetes.io/docs/reference/using-api/health-checks/), of Jan Server (/healthcheck, /health/auth) and of Spring
 * (/actuator/health). `/live` is left out: it may be a page of the application.
 */
const PROBES = '/(metrics|health(z|check)?|readyz?|livez|actuator)(/.*)?';

/** A matcher that excludes probes and scrapes. @param label the label with the route, as `http_route` */
export const notProbe = (label: string): string => `${label}!~"${PROBES}"`;

/**
 * Routes that a model answers, with any prefix: Jan Server serves /v1/… and, if its gateway does not strip the prefix, /llm/v1/… The names
 * are those of OpenAI's API, which llm-api and response-api implement.
 */
const ANSWERS = '.*/((chat/)?completions|responses|images/(generations|edits|variations))';

/**
 * A matcher that excludes the routes that a model answers: their duration depends on the length of the answer, streamed or not.
 * @param label the label with the route, as `http_route`
 */
export const notAnswer = (label: string): string => `${label}!~"${ANSWERS}"`;

/** A matcher of chat completions, with and without the prefix of the gateway. @param label the label with the route */
export const isCompletion = (label: string): string => `${label}=~".*/chat/completions"`;
