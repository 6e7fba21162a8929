/** Code that the alerts on mcp-tools and on its providers share. */

import { ratio, sumBy } from '../../../metrics/spans';
import { query } from '../../runbooks/checks';
import type { Places } from '../../runbooks/places';
import { janLog } from '../../runbooks/services';
import type { TestSeries } from '../alert';
import { growing } from '../test-series';

/** Counter of requests to providers. */
export const PROVIDER = 'jan_mcp_external_provider_requests_total';
/** Histogram of how long providers take, in seconds. */
export const PROVIDER_LATENCY = 'jan_mcp_external_provider_latency_seconds';

/** A counter with a percentage of bad events. */
export const share = (counter: string, labels: string, bad: string, good: string, percent: number): TestSeries => ({
  [`${counter}{${labels},status="${bad}"}`]: growing(percent),
  [`${counter}{${labels},status="${good}"}`]: growing(100 - percent),
});

/** PromQL: the share of a counter with the bad labels, 0 to 1. */
export const badShare = (counter: string, by: readonly string[], bad: string, range: string): string =>
  ratio(sumBy(by, `rate(${counter}{${bad}}[${range}])`), sumBy(by, `rate(${counter}[${range}])`));

/** Its log. */
export const log = (at: Places) =>
  janLog(
    at,
    'mcp-tools',
    'Errors in its log; "circuit breaker is open" means that it has given a provider up for a while.',
    'error|timeout|circuit',
  );

/** The query that shows which providers fail. */
export const BY_PROVIDER = query(
  'Do its providers fail? Requests a second.',
  sumBy(['provider', 'operation', 'status'], `rate(${PROVIDER}[5m])`),
);
