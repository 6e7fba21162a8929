/** What the panels of RED have in common: the chosen service and its routes. */
import { twentyHighest } from '../parts/highest';
import { FAILED_SPANS, toTraces } from '../parts/links';
import { RATE } from '../parts/range';

export const OF_SERVICE = 'service_name="$service"';
/** Requests to the chosen routes of the chosen service. */
export const CHOSEN = { range: RATE, matchers: `${OF_SERVICE},http_route=~"$route"` } as const;
/** The same, all routes together. */
export const TOGETHER = { ...CHOSEN, by: [] } as const;
/** The same, route by route. */
export const BY_ROUTE = { ...CHOSEN, by: ['http_route'] } as const;
/** Calls that the chosen service makes. They have no route, and belong to each. */
export const CALLS = { range: RATE, matchers: `${OF_SERVICE},http_route=~"$route|"` } as const;

/** Traces of the chosen service. */
export const TRACES = [toTraces('${service}')];
/** Traces of the chosen service with a failed span. */
export const FAILED_TRACES = [toTraces('${service}', FAILED_SPANS)];

/** A service chooses the names of its spans freely, so only the twenty highest are shown. */
export const twenty = (expr: string): string => `${twentyHighest(expr)} # allow open-label`;
