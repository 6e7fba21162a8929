import { ConfigError, type Problem, showValue } from '../../config/problems';
import type { Slo } from '../../config/schema/slos';
import { HISTOGRAM_BOUNDS } from '../../metrics/buckets';
import type { Emitter } from '../../promql/metric';
import type { ContentSettings } from '../settings';
import { slosOf } from './defaults';
import { selectorsOf } from './indicator';
import { sampledServices } from './sampling';

type Found = Omit<Problem, 'file'>;

/**
 * Rejects objectives that would not measure what they claim. A default objective without a source of its metrics is left out; one that the
 * user wrote is an error.
 * @param missing the disabled emitter of a selector's metrics
 * @throws ConfigError with every problem
 */
export function checkSlos(config: ContentSettings, missing: (selector: string) => Emitter | undefined): void {
  const problems = slosOf(config).flatMap((slo, index) => {
    const path = config.slos === null ? 'slos' : `slos[${index}]`;
    return [
      ...sampling(slo, path, config),
      ...(config.slos === null ? [] : [...sources(slo, path, missing), ...bound(slo, path)]),
    ];
  });
  const file = `environments/${config.environment}.yaml`;
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => ({ file, ...problem })));
}

function sampling(slo: Slo, path: string, { samplingStrategies, jaeger }: ContentSettings): Found[] {
  if (slo.sampled === 'accepted') return [];
  return sampledServices(slo, samplingStrategies).map((service) => ({
    path,
    value: showValue(slo.name),
    allowed: `an objective on all spans: ${jaeger.samplingStrategiesFile} lets the SDKs of ${service} send a part of them`,
    fix: `param: 1 for ${service} there and sampling in the Collector or not at all, or write ${slo.name} under slos with sampled: accepted, or without it`,
  }));
}

function sources(slo: Slo, path: string, missing: (selector: string) => Emitter | undefined): Found[] {
  const off = [...new Set(selectorsOf(slo.indicator).flatMap((selector) => missing(selector) ?? []))];
  return off.map(({ title, switchedOnBy }) => ({
    path: `${path}.indicator`,
    value: showValue(slo.name),
    allowed: `metrics with a source: ${title} is off`,
    fix: `set ${switchedOnBy}, or remove ${slo.name}`,
  }));
}

function bound({ indicator }: Slo, path: string): Found[] {
  if (indicator.type !== 'latency') return [];
  const bounds = HISTOGRAM_BOUNDS[indicator.histogram];
  if (bounds === undefined || bounds.includes(indicator.seconds)) return [];
  const nearest = [...bounds].sort((a, b) => Math.abs(a - indicator.seconds) - Math.abs(b - indicator.seconds))[0];
  return [
    {
      path: `${path}.indicator.seconds`,
      value: showValue(indicator.seconds),
      allowed: `the bound of a bucket of ${indicator.histogram}: ${bounds.join(', ')}`,
      fix: `seconds: ${nearest}`,
    },
  ];
}
