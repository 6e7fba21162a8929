import { type Metric, type Series, seriesOf } from './metric';
import { nearest } from './nearest';

/** The metrics that expressions are checked against. */
export class Catalogue {
  readonly metrics: readonly Metric[];
  readonly #series: Map<string, Series[]>;

  /** @param base a catalogue to add to. @default - an empty one */
  constructor(metrics: readonly Metric[], base?: Catalogue) {
    this.metrics = base === undefined ? metrics : [...base.metrics, ...metrics];
    this.#series = new Map(base === undefined ? [] : base.#series);
    for (const metric of metrics) {
      for (const [name, series] of seriesOf(metric))
        this.#series.set(name, [...(this.#series.get(name) ?? []), series]);
    }
  }

  /** The series that a name in PromQL selects, one for each emitter; none: no program emits it. */
  series(name: string): readonly Series[] {
    return this.#series.get(name) ?? [];
  }

  /**
   * The known name that is most similar to another; undefined: none is.
   * @param among which names to choose from. @default - all
   */
  nearest(name: string, among: (candidate: string) => boolean = () => true): string | undefined {
    return nearest(name, [...this.#series.keys()].filter(among));
  }

  /** What names of its emitters begin with and people often leave out. */
  get namePrefixes(): readonly string[] {
    return [...new Set(this.metrics.flatMap(({ emitter }) => emitter.namePrefix ?? []))];
  }

  /** The catalogue with more entries: what a user's own services emit, or what recording rules write. */
  with(metrics: readonly Metric[]): Catalogue {
    return metrics.length === 0 ? this : new Catalogue(metrics, this);
  }
}

/** Every label that a series has: its own, its target's, and those of its type. */
export function labelsOf({ metric, part }: Series): ReadonlySet<string> {
  const typed = part === 'bucket' ? ['le'] : metric.type === 'summary' && part === 'value' ? ['quantile'] : [];
  return new Set([...Object.keys(metric.labels), ...Object.keys(metric.emitter.targetLabels), ...typed]);
}
