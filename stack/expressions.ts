/** Checks the expressions of rules and panels against the catalogue of metrics. */
import type { MissingSource } from '../content/missing-source';

import { Catalogue } from '../promql/catalogue';
import { checkExpression } from '../promql/check';
import type { ExpressionContext } from '../promql/context';
import type { Finding } from '../promql/finding';
import { marked } from '../promql/marked';
import { mentionsAny } from '../promql/mentions';
import type { Emitter } from '../promql/metric';
import { checkRuleGroups } from '../promql/rules/check';
import { withRecords } from '../promql/rules/record';
import type { RuleGroupText } from '../promql/rules/rule-text';
import { hasSource, metricNames, missingSource } from '../promql/sources';
import type { Config } from './config';
import { ALL_METRICS, emittersOf } from './emitters';
import { checkContext, servedMetrics } from './metric-catalogue';

const EVERY_VERSION = new Catalogue(ALL_METRICS);

/** The metrics of one environment, and the problems of expressions that use them. */
export class ExpressionChecks {
  readonly #known: Omit<ExpressionContext, 'place'>;
  readonly #served: Catalogue;
  readonly #panels: { readonly place: string; readonly expr: string }[] = [];
  readonly #missing = new Map<string, Emitter | undefined>();
  /** Names of metrics that have no data here. */
  readonly #withoutSource: ReadonlySet<string>;

  /**
   * @param records groups whose recording rules write metrics too
   * @param on the enabled emitters. @default - those of this environment
   */
  constructor(
    config: Config,
    records: readonly RuleGroupText[],
    readonly on: ReadonlySet<Emitter> = emittersOf(config),
  ) {
    // Rules and panels are written for the default versions. If another version is deployed, those whose metrics it lacks are left out.
    this.#known = withRecords(records, checkContext(config, EVERY_VERSION));
    this.#served = new Catalogue(servedMetrics(config));
    this.#withoutSource = new Set([...this.catalogue.names].filter((name) => !this.#hasSource(name)));
  }

  /** Whether only another version of its program has a metric. */
  #isOfOtherVersion(name: string): boolean {
    return EVERY_VERSION.series(name).length > 0 && this.#served.series(name).length === 0;
  }

  #hasSource(name: string): boolean {
    return !this.#isOfOtherVersion(name) && hasSource(name, this.catalogue, this.on);
  }

  /** The known metrics: those of the programs, those of the user, and the recorded ones. */
  get catalogue(): Catalogue {
    return this.#known.catalogue;
  }

  /** Runbooks, alerts and panels ask for the same expressions: each is looked up once. */
  readonly missing: MissingSource = (expr) => {
    // Most expressions read nothing that is missing, and need not be parsed to know that.
    if (!mentionsAny(expr, this.#withoutSource)) return undefined;
    if (!this.#missing.has(expr))
      this.#missing.set(expr, missingSource(expr, this.catalogue, this.on) ?? this.#otherVersion(expr));
    return this.#missing.get(expr);
  };

  /** The emitter of a metric in an expression that only another version of the program has. */
  #otherVersion(expr: string): Emitter | undefined {
    const name = metricNames(expr).find((one) => this.#isOfOtherVersion(one));
    return name === undefined ? undefined : EVERY_VERSION.series(name)[0]?.metric.emitter;
  }

  /** Adds a query of a panel of ours: what it reads must be recorded. */
  readonly addPanel = (place: string, expr: string): void => {
    this.#panels.push({ place, expr });
  };

  /** All problems of the rules, including recorded series that neither a rule nor a panel uses. */
  problems(groups: readonly RuleGroupText[]): readonly string[] {
    const panels = this.#panels.map(({ expr }) => expr);
    const found = checkRuleGroups(groups, { ...this.#known, style: 'strict', panels });
    return found.map(({ group, name, field, text, finding }) => {
      const place = `rule ${name} of group ${groups[group]?.name}, ${field}`;
      return `${place}:\n${marked(text, finding)}`;
    });
  }

  /**
   * All problems of our own panels. Their expressions follow from which programs are on, and from no text of a user, so the tests ask for
   * this, for every environment and fixture, and a render does not: it would take a fifth longer. A user's dashboards are checked in each.
   */
  panelProblems(): readonly string[] {
    const findings = new Map<string, readonly Finding[]>();
    return this.#panels.flatMap(({ place, expr }) => {
      const known = findings.get(expr) ?? checkExpression(expr, { ...this.#known, place: 'panel' });
      findings.set(expr, known);
      return known.map((finding) => `dashboard ${place}:\n${marked(expr, finding)}`);
    });
  }
}
