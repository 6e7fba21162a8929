/** Short forms of entries: a catalogue file is a table, one metric a line. */

import type { Metric, MetricType } from '../promql/metric';
import { EMITTERS, type EmitterName } from './emitters';

/** Exceptions of an entry. Usually a metric is in every version, is recorded, and exists from the program's start on. */
export interface Unusual extends Partial<Pick<Metric, 'since' | 'until' | 'recorded' | 'coarse'>> {
  /** The event that creates the series. @default - it exists from the start on */
  readonly after?: string;
}

type Labels = Metric['labels'];
type Entry = (name: string, unit: string, labels?: Labels, unusual?: Unusual) => Metric;

/** The forms of one emitter's entries, by type. */
export interface Entries {
  readonly counter: Entry;
  readonly gauge: Entry;
  readonly histogram: Entry;
  readonly summary: Entry;
  /** A gauge of 1 that carries labels. It has no unit. */
  readonly info: (name: string, labels: Labels, unusual?: Unusual) => Metric;
}

/** Short forms for the entries of an emitter. @param usual exceptions for all of them, which an entry may override */
export function entriesOf(name: EmitterName, usual: Unusual = {}): Entries {
  const emitter = EMITTERS[name];
  const entry =
    (type: MetricType): Entry =>
    (name, unit, labels = {}, unusual = {}) => {
      const { after, recorded = true, ...versions } = { ...usual, ...unusual };
      const emitted = after === undefined ? ('always' as const) : { after };
      return { name, type, unit, labels, emitter, ...versions, recorded, emitted };
    };
  return {
    counter: entry('counter'),
    gauge: entry('gauge'),
    histogram: entry('histogram'),
    summary: entry('summary'),
    info: (name, labels, unusual) => entry('info')(name, 'none', labels, unusual),
  };
}
