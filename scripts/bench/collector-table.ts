/** The table of the Collector's cost, and its goals. */

import { LOAD, type Measurement } from './collector-run';
import { OURS, PLAIN, WITHOUT_PERSONAL_DATA } from './collector-shapes';
import { median } from './measure';

/** All rounds of one shape. */
export interface Measured {
  readonly name: string;
  readonly rounds: readonly Measurement[];
}

/** A row of the table. */
export interface Row {
  readonly name: string;
  /** Microseconds for one span, in each round. */
  readonly microseconds: readonly number[];
  /** Their median. */
  readonly median: number;
  /** The median as a multiple of the plain pipeline's; null if that was not measured. */
  readonly ratio: number | null;
  /** Median of the rounds' peak memory, in MiB, and as a multiple of the plain pipeline's. */
  readonly mib: number;
  readonly mibRatio: number | null;
}

/** A goal, and what was reached. */
export interface Goal {
  readonly what: string;
  readonly limit: number;
  /** null: not measured. */
  readonly value: number | null;
  /** Something that was not measured is not met. */
  readonly met: boolean;
}

/** The least part of the rate at which a measurement counts: below it the senders had no CPU time, or the Collector was too slow. */
const STEADY = 0.95;

/** The rows, in the order of the measurements. */
export function rowsOf(measured: readonly Measured[]): readonly Row[] {
  const summaries = measured.map(({ name, rounds }) => ({
    name,
    microseconds: rounds.map(({ microseconds }) => microseconds),
    median: median(rounds.map(({ microseconds }) => microseconds)),
    mib: median(rounds.map(({ mib }) => mib)),
  }));
  const base = summaries.find(({ name }) => name === PLAIN);
  return summaries.map((summary) => ({
    ...summary,
    ratio: base === undefined ? null : summary.median / base.median,
    mibRatio: base === undefined ? null : summary.mib / base.mib,
  }));
}

/** The goals, each as a multiple of the plain pipeline. */
export function goalsOf(rows: readonly Row[]): readonly Goal[] {
  const of = (name: string) => rows.find((row) => row.name === name);
  const goal = (what: string, limit: number, value: number | null = null): Goal => ({
    what,
    limit,
    value,
    met: value !== null && value <= limit,
  });
  return [
    goal('CPU time of ours', 2.5, of(OURS)?.ratio),
    goal(`CPU time of ${WITHOUT_PERSONAL_DATA}`, 2, of(WITHOUT_PERSONAL_DATA)?.ratio),
    goal('peak memory of ours', 1.2, of(OURS)?.mibRatio),
  ];
}

/** What makes a round worthless: lost, doubled or refused spans, and a rate that was not held. */
export const problemsOf = (measured: readonly Measured[]): readonly string[] =>
  measured.flatMap(({ name, rounds }) =>
    rounds.flatMap(({ lost, refused, rate }, index) => {
      const where = `${name}, round ${index + 1}`;
      return [
        ...(lost > 0 ? [`${where}: ${lost} spans were lost`] : []),
        ...(lost < 0 ? [`${where}: ${-lost} spans arrived twice`] : []),
        ...Object.entries(refused).map(([cause, spans]) => `${where}: ${spans} spans were refused (${cause})`),
        ...(rate >= STEADY * LOAD.spansPerSecond
          ? []
          : [`${where}: ${rate.toFixed(0)} spans a second instead of ${LOAD.spansPerSecond}`]),
      ];
    }),
  );

/** The rows as a table in Markdown, as docs/performance.md has it. */
export function tableOf(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const times = (ratio: number | null) => (ratio === null ? '–' : ratio.toFixed(2));
  const lines = [
    ['configuration', 'µs a span, each round', 'median', 'times plain', 'peak MiB', 'times plain'],
    ['---', '---', '---', '---', '---', '---'],
    ...rows.map((row) => [
      row.name,
      row.microseconds.map((value) => value.toFixed(1)).join(', '),
      row.median.toFixed(1),
      times(row.ratio),
      row.mib.toFixed(0),
      times(row.mibRatio),
    ]),
  ];
  const widths = [width, 21, 6, 11, 8, 11];
  return lines.map((cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`).join('\n');
}

/** One line for each goal. */
export const goalLine = ({ what, limit, value, met }: Goal): string =>
  `${what}: ${value === null ? 'NOT MEASURED' : `${value.toFixed(2)} times plain`}, goal <= ${limit}: ${met ? 'met' : 'MISSED'}`;
