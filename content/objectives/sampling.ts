/** Whether the sampling strategies make SDKs sample spans that an objective counts. */
import type { SamplingStrategies } from '../../config/files/sampling';
import type { Slo } from '../../config/schema/slos';
import { isFromSpans } from '../../metrics/spans';
import { metricSelector } from '../../promql/metric-selector';
import { selectorsOf } from './indicator';

/** The service of a strategy; the default strategy has none. */
type Strategy = SamplingStrategies['default_strategy'] & { readonly service?: string };

/**
 * The services with sampled spans, among those whose spans an objective counts. Spans that the SDK does not send are not counted, so the
 * objective would cover only a part of the requests.
 */
export function sampledServices({ indicator }: Slo, strategies: SamplingStrategies | null): readonly string[] {
  if (strategies === null) return [];
  const counted = selectorsOf(indicator).map(metricSelector);
  const fromSpans = counted.flatMap((selector) =>
    selector !== undefined && isFromSpans(selector.metric) ? [selector.matchers] : [],
  );
  const services = fromSpans.map((matchers) =>
    matchers.find(({ label, op }) => label === 'service_name' && op === '='),
  );
  return [...new Set(services.flatMap((matcher) => sampledOf(matcher?.value, strategies)))];
}

/** @param service only the strategy of this service applies; undefined: any service may be counted, so all strategies apply */
function sampledOf(service: string | undefined, strategies: SamplingStrategies): readonly string[] {
  const own: readonly Strategy[] = strategies.service_strategies ?? [];
  const named = own.find((strategy) => strategy.service === service);
  const holding =
    service === undefined ? [...own, strategies.default_strategy] : [named ?? strategies.default_strategy];
  return holding.filter(isSampling).map((strategy: Strategy) => strategy.service ?? service ?? 'every service');
}

/** Everything but probability 1 drops spans, also a limit of traces per second. */
function isSampling({ type, param, operation_strategies: operations = [] }: Strategy): boolean {
  return type === 'ratelimiting' || param < 1 || operations.some((operation) => operation.param < 1);
}
