/** Holds what rules and panels ask against the catalogue of metrics. */
import type { Config } from '../config/load';
import { seconds } from '../config/units';
import { Catalogue } from '../contract/catalogue';
import { METRICS } from '../contract/catalogue/index';
import { checkExpression, marked, missingSource, type Place, recorded } from '../contract/check';
import type { Emitter } from '../contract/emitters';
import { emittersOf } from './emitters';
import type { RecordingRule } from './slo/rules';

/** The metrics of one environment, and what is wrong with expressions that name them. */
export interface Contract {
  /** What is known: the programs' metrics, the user's, and what recording rules write. */
  readonly catalogue: Catalogue;
  /** Who emits metrics here. */
  readonly on: ReadonlySet<Emitter>;
  /** Who is off of those whose metrics an expression names; undefined: all are on. */
  readonly missing: (expr: string) => Emitter | undefined;
  /** Notes what is wrong with an expression. */
  readonly check: (place: Place, name: string, expr: string) => void;
  /** Everything that is wrong with the expressions that were checked, with the spot marked in each. */
  readonly problems: readonly string[];
}

/** The contract of an environment. @param records what recording rules write, each after those that it reads */
export function contractOf(config: Config, records: readonly RecordingRule[]): Contract {
  const catalogue = withRecords(new Catalogue(METRICS), records);
  const on = emittersOf(config);
  const problems: string[] = [];
  const scrapeInterval = seconds(config.prometheus.scrapeInterval);
  const retention = seconds(config.prometheus.retention.time);
  return {
    catalogue,
    on,
    problems,
    missing: (expr) => missingSource(expr, catalogue, on),
    check: (place, name, expr) => {
      const errors = checkExpression(expr, { place, catalogue, scrapeInterval, retention }).filter(
        ({ level }) => level === 'error',
      );
      problems.push(...errors.map((finding) => `${name}:\n${marked(expr, finding)}`));
    },
  };
}

/** Rules of one name differ in their labels' values only: the first stands for all. */
function withRecords(known: Catalogue, records: readonly RecordingRule[]): Catalogue {
  const first = new Map<string, RecordingRule>();
  for (const rule of records) if (!first.has(rule.record)) first.set(rule.record, rule);
  let catalogue = known;
  for (const { record, expr, labels } of first.values()) {
    catalogue = catalogue.with([recorded(record, expr, catalogue, labels)]);
  }
  return catalogue;
}
