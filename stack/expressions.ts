/** Checks the expressions of rules and panels against the catalogue of metrics. */
import type { MissingSource } from '../content/missing-source';

import { Catalogue } from '../promql/catalogue';
import { checkExpression } from '../promql/check';
import type { ExpressionContext } from '../promql/context';
import type { Finding } from '../promql/finding';
import { marked } from '../promql/marked';
import type { Emitter } from '../promql/metric';
import { checkRuleGroups } from '../promql/rules/check';
import { withRecords } from '../promql/rules/record';
import type { RuleGroupText } from '../promql/rules/rule-text';
import { scanned } from '../promql/scan';
import { hasSource } from '../promql/sources';
import type { Config } from './config';
import { ALL_METRICS, emittersOf } from './emitters';
import { checkContext, isServed } from './metric-catalogue';

const EVERY_VERSION = new Catalogue(ALL_METRICS);

/** Why a metric has no data here. */
interface Missing {
  /** Its emitter, if all of its emitters are off. */
  readonly off: Emitter | undefined;
  /** Its emitter, if only another version of the program has the metric. */
  readonly other: Emitter | undefined;
}

/** The metrics of one environment, and the problems of expressions that use them. */
export class ExpressionChecks {
  readonly #known: Omit<ExpressionContext, 'place'>;
  readonly #panels: { readonly place: string; readonly expr: string }[] = [];
  /** What is missing, by the name of the metric. */
  readonly #missing = new Map<string, Missing>();

  /**
   * @param records groups whose recording rules write metrics too
   * @param on the enabled emitters. @default - those of this environment
   */
  constructor(
    private readonly config: Config,
    records: readonly RuleGroupText[],
    readonly on: ReadonlySet<Emitter> = emittersOf(config),
  ) {
    // Rules and panels are written for the default versions. If another version is deployed, those whose metrics it lacks are left out.
    this.#known = withRecords(records, checkContext(config, EVERY_VERSION));
  }

  /** The known metrics: those of the programs, those of the user, and the recorded ones. */
  get catalogue(): Catalogue {
    return this.#known.catalogue;
  }

  /** Runbooks, alerts and panels ask for the same metrics: each is looked up once. */
  readonly missing: MissingSource = (expr) => {
    const found = scanned(expr).map(({ metric }) => this.#missingOf(metric));
    return found.find(({ off }) => off !== undefined)?.off ?? found.find(({ other }) => other !== undefined)?.other;
  };

  #missingOf(name: string): Missing {
    const known = this.#missing.get(name) ?? this.#lookUp(name);
    this.#missing.set(name, known);
    return known;
  }

  #lookUp(name: string): Missing {
    const [first] = this.catalogue.series(name);
    const off = hasSource(name, this.catalogue, this.on) ? undefined : first?.metric.emitter;
    const everywhere = EVERY_VERSION.series(name);
    const isServedHere = everywhere.some(({ metric }) => isServed(metric, this.config));
    return { off, other: isServedHere ? undefined : everywhere[0]?.metric.emitter };
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
