/** Series for the tests of alerts, in promtool's notation: a value every 30 s for two hours. */
import type { AlertTest, TestSeries } from './alert';

const SAMPLES = 240;
/** When a test is evaluated, in seconds: after 110 minutes. */
const EVALUATED_AT = 110 * 60;

/** Rounds off floating-point errors. */
const text = (value: number) => String(Number(value.toFixed(6)));

/** The same value from beginning to end. */
export const always = (value: number): string => `${text(value)}x${SAMPLES}`;

/** A value that changes by a step every 30 s; the step may be negative. */
export const changing = (from: number, step: number): string =>
  `${text(from)}${step < 0 ? '-' : '+'}${text(Math.abs(step))}x${SAMPLES}`;

/** A counter that grows by a step every 30 s. */
export const growing = (step: number): string => changing(0, step);

/** A series that starts five minutes before the evaluation. */
export const lately = (value: number): string => `_x210 ${text(value)}x29`;

/** One value for most of the time, another for the last twenty minutes. */
export const turning = (before: number, after: number): string => `${text(before)}x179 ${text(after)}x60`;

/** A Unix time as many seconds before the evaluation: the clock of a test starts at 0. */
export const ago = (seconds: number): string => always(EVALUATED_AT - seconds);

/** A value above a threshold by a margin, and below 100 for a percentage up to 95. */
export const above = (threshold: number): number => threshold * 1.05;

/** A value below a threshold by a margin. */
export const below = (threshold: number): number => threshold * 0.9;

/** The test of a counter that must not grow. */
export const mustNotGrow = (...counters: readonly string[]): AlertTest => ({
  fires: allOf(counters, growing(10)),
  quiet: allOf(counters, always(10)),
});

/** Several series with the same values. */
export const allOf = (series: readonly string[], values: string): TestSeries =>
  Object.fromEntries(series.map((name) => [name, values]));

/**
 * A histogram whose observations are all below one of its bounds.
 * @param bounds its bounds, from the smallest on, without `+Inf`
 */
export const histogram = (name: string, labels: string, bounds: readonly number[], longest: number): TestSeries =>
  Object.fromEntries(
    [...bounds, Number.POSITIVE_INFINITY].map((bound) => {
      const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound);
      return [`${name}_bucket{${labels},le="${le}"}`, bound >= longest ? growing(10) : always(0)];
    }),
  );
