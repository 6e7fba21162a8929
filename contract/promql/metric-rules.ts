/** Rules about names: is there such a metric, is it ever written, and who must be on for it. */
import type { Finding } from '../check';
import { EMITTERS, type Emitter } from '../emitters';
import type { Series } from '../metric';
import type { Analysis } from './analysis';
import type { Selector } from './ast';
import { type Naming, namings, nearestName } from './names';
import { depends, error, NONE, type Rule } from './rule';

/** `unknown-metric`, `unrecorded-metric`, and in expressions from elsewhere `source` and `suffix`. */
export const metricRules: Rule = (expr, analysis) =>
  expr.kind === 'selector'
    ? namings(expr, analysis.context).flatMap((naming) => ofNaming(naming, expr, analysis))
    : NONE;

function ofNaming(naming: Naming, selector: Selector, { context }: Analysis): readonly Finding[] {
  const at = selector.nameSpan;
  switch (naming.is) {
    case 'accepted':
      return NONE;
    case 'unknown': {
      const near = nearestName(naming.name, context);
      const known = near === undefined ? [] : context.catalogue.series(near);
      const unwritten = known.length > 0 && !known.some(({ metric }) => metric.recorded);
      return error(
        'unknown-metric',
        at,
        `no program emits ${naming.name}${unwritten ? `; ${near} is defined, but never recorded` : ''}`,
        near === undefined || unwritten ? undefined : `did you mean ${near}?`,
      );
    }
    case 'without suffix':
      return depends(
        'suffix',
        at,
        `depends on the version and the suffix settings of the Collector: it is ${naming.name}_total, unless service.telemetry.metrics sets without_type_suffix: true, which is the default of a configured reader since 0.152`,
        `name both: {__name__=~"${naming.name}|${naming.name}_total"}`,
      );
    case 'known':
      return ofSeries(naming.series, selector, context.elsewhere ?? false);
  }
}

function ofSeries(series: readonly Series[], selector: Selector, elsewhere: boolean): readonly Finding[] {
  const at = selector.nameSpan;
  const written = series.filter(({ metric }) => metric.recorded);
  const [first] = series;
  if (first === undefined) return NONE;
  if (written.length === 0) {
    const { title } = EMITTERS[first.metric.emitter];
    return error('unrecorded-metric', at, `${title} defines ${first.metric.name}, and never records it`);
  }
  if (!elsewhere) return NONE;
  const switches = written.map(({ metric }) => switchOf(metric.emitter));
  if (switches.some((key) => key === null)) return NONE;
  const titles = [...new Set(written.map(({ metric }) => EMITTERS[metric.emitter].title))];
  return depends('source', at, `depends on ${titles.join(' or ')}, on by ${[...new Set(switches)].join(' or ')}`);
}

const switchOf = (emitter: Emitter): string | null => EMITTERS[emitter].switchedOnBy;
