/** Rules about names: whether the metric exists, whether it is ever recorded, and which emitter must be on. */

import type { ExpressionContext } from '../context';
import type { Finding } from '../finding';
import { RECORDING_RULES, type Series } from '../metric';
import type { Analysis } from '../shapes/analysis';
import { type Naming, namings, nearestName } from '../shapes/names';
import type { Selector, Span } from '../syntax/ast';
import { depends, error, NONE, type Rule } from './rule';

/** `unknown-metric`, `unrecorded-metric`, and in third-party expressions `source`, `suffix` and `version`. */
export const metricRules: Rule = (expr, analysis) =>
  expr.kind === 'selector'
    ? namings(expr, analysis.context).flatMap((naming) => ofNaming(naming, expr, analysis))
    : NONE;

function ofNaming(naming: Naming, selector: Selector, { context }: Analysis): readonly Finding[] {
  const at = selector.nameSpan;
  switch (naming.is) {
    case 'accepted':
      return NONE;
    case 'unknown':
      return unknownMetric(naming.name, selector, context);
    case 'without suffix':
      return depends(
        'suffix',
        at,
        `depends on the version and the settings: it is ${naming.name}_total, unless ${naming.series[0]?.metric.emitter.omitsTotal}`,
        `name both: {__name__=~"${naming.name}|${naming.name}_total"}`,
      );
    case 'known':
      return ofSeries(naming.series, selector, context.thirdParty ?? false);
  }
}

function unknownMetric(name: string, { nameSpan }: Selector, context: ExpressionContext): readonly Finding[] {
  const near = nearestName(name, context);
  const unknown = `no program in the catalogue emits ${name}`;
  if (near === undefined) return error('unknown-metric', nameSpan, unknown);
  if (!context.catalogue.series(near.name).some(({ metric }) => metric.recorded))
    return error('unknown-metric', nameSpan, `${unknown}; ${near.name} is defined, but never recorded`);
  const fix = near.sure ? `did you mean ${near.name}?` : `the nearest name is ${near.name}`;
  return error('unknown-metric', nameSpan, unknown, fix);
}

function ofSeries(series: readonly Series[], selector: Selector, thirdParty: boolean): readonly Finding[] {
  const at = selector.nameSpan;
  const written = series.filter(({ metric }) => metric.recorded);
  const [first] = series;
  if (first === undefined) return NONE;
  if (written.length === 0) {
    const { emitter, name } = first.metric;
    const never = `${emitter.title} defines ${name}, and never records it`;
    return error(
      'unrecorded-metric',
      at,
      emitter === RECORDING_RULES ? `${name} is recorded from metrics that no program emits` : never,
    );
  }
  if (!thirdParty) return NONE;
  if (written.every(({ metric }) => metric.until !== undefined)) return ofOldVersion(written, at);
  const switches = written.map(({ metric }) => metric.emitter.switchedOnBy);
  if (switches.some((key) => key === null)) return NONE;
  const titles = [...new Set(written.map(({ metric }) => metric.emitter.title))];
  return depends('source', at, `depends on ${titles.join(' or ')}, on by ${[...new Set(switches)].join(' or ')}`);
}

/** Names that newer versions no longer have. */
function ofOldVersion(series: readonly Series[], at: Span): readonly Finding[] {
  const titles = series.map(({ metric }) => `${metric.emitter.title} before ${metric.until}`);
  return depends('version', at, `depends on the version: ${[...new Set(titles)].join(' or ')} emits it`);
}
