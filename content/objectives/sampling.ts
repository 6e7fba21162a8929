/** Whether SDKs are told to sample the spans that an objective counts. */
import type { SamplingStrategies } from '../../config/files/sampling';
import type { Slo } from '../../config/schema/slos';
import { isFromSpans } from '../../metrics/spans';
import { metricSelector } from '../../promql/metric-selector';
import { selectorsOf } from './indicator';

/** Whom a strategy is for; the default one has no service. */
type Strategy = SamplingStrategies['default_strategy'] & { readonly service?: string };

/**
 * Services whose spans are sampled at their source, of those that an objective counts the spans of. What the SDK does not send is
 * not counted either, so that the objective would judge a part of the requests.
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

/** @param service whose strategy holds; undefined: any service may be counted, so all strategies count */
function sampledOf(service: string | undefined, strategies: SamplingStrategies): readonly string[] {
  const own: readonly Strategy[] = strategies.service_strategies ?? [];
  const named = own.find((strategy) => strategy.service === service);
  const holding =
    service === undefined ? [...own, strategies.default_strategy] : [named ?? strategies.default_strategy];
  return holding.filter(isSampling).map((strategy: Strategy) => strategy.service ?? service ?? 'every service');
}

/** Anything but probability 1 leaves spans out, a limit of traces per second included. */
function isSampling({ type, param, operation_strategies: operations = [] }: Strategy): boolean {
  return type === 'ratelimiting' || param < 1 || operations.some((operation) => operation.param < 1);
}
