import type { MissingSource } from '../content/missing-source';
/** Holds what rules and panels ask against the catalogue of metrics. */

import { Catalogue } from '../promql/catalogue';
import { checkExpression } from '../promql/check';
import type { ExpressionContext } from '../promql/context';
import { marked } from '../promql/marked';
import type { Emitter } from '../promql/metric';
import { checkRuleGroups } from '../promql/rules/check';
import { withRecords } from '../promql/rules/record';
import type { RuleGroupText } from '../promql/rules/rule-text';
import { metricNames, missingSource } from '../promql/sources';
import type { Config } from './config';
import { ALL_METRICS, emittersOf } from './emitters';
import { checkContext, servedMetrics } from './metric-catalogue';

const EVERY_VERSION = new Catalogue(ALL_METRICS);

/** The metrics of one environment, and what is wrong with expressions that name them. */
export class ExpressionChecks {
  readonly #known: Omit<ExpressionContext, 'place'>;
  readonly #served: Catalogue;
  readonly #panels: string[] = [];
  readonly #problems: string[] = [];

  /**
   * @param records groups whose recording rules write metrics too
   * @param on who emits metrics. @default - who does in this environment
   */
  constructor(
    config: Config,
    records: readonly RuleGroupText[],
    readonly on: ReadonlySet<Emitter> = emittersOf(config),
  ) {
    // Rules and panels are right for the versions that we ship; where another one is deployed, what it lacks is left out.
    this.#known = withRecords(records, checkContext(config, EVERY_VERSION));
    this.#served = new Catalogue(servedMetrics(config));
  }

  /** What is known: the programs' metrics, the user's, and what recording rules write. */
  get catalogue(): Catalogue {
    return this.#known.catalogue;
  }

  readonly missing: MissingSource = (expr) => missingSource(expr, this.catalogue, this.on) ?? this.#otherVersion(expr);

  /** Who would emit a metric of an expression at another version than the one that is deployed. */
  #otherVersion(expr: string): Emitter | undefined {
    const programs = metricNames(expr).flatMap((name) =>
      EVERY_VERSION.series(name)
        .slice(0, 1)
        .map(({ metric }) => ({ name, metric })),
    );
    return programs.find(({ name }) => this.#served.series(name).length === 0)?.metric.emitter;
  }

  /** Checks a query of a panel, and notes what is wrong with it. */
  readonly checkPanel = (place: string, expr: string): void => {
    this.#panels.push(expr);
    const findings = checkExpression(expr, { ...this.#known, place: 'panel' });
    this.#problems.push(...findings.map((finding) => `dashboard ${place}:\n${marked(expr, finding)}`));
  };

  /** Everything that is wrong with the panels that were checked, and with the rules: also what is recorded and read by none of them. */
  problems(groups: readonly RuleGroupText[]): readonly string[] {
    const found = checkRuleGroups(groups, { ...this.#known, style: 'strict', panels: this.#panels });
    const ofRules = found.map(({ group, name, field, text, finding }) => {
      const place = `rule ${name} of group ${groups[group]?.name}, ${field}`;
      return `${place}:\n${marked(text, finding)}`;
    });
    return [...ofRules, ...this.#problems];
  }
}
