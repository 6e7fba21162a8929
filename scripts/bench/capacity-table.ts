/** What `docs/capacity.md` promises about its coefficients, as rows: coefficients as they are now, and predictions against measurements. */
import { COEFFICIENTS, type CoefficientName } from '../../stack/capacity/coefficients';
import { limited, type Row } from './row';

/** The largest error of a prediction, in percent. */
const MAX_ERROR = 25;

/** A coefficient that was measured in this run. */
export interface Now {
  readonly name: CoefficientName;
  readonly value: number;
}

/** A prediction, and what was then measured with other numbers. */
export interface Comparison {
  readonly what: string;
  readonly unit: string;
  readonly predicted: number;
  readonly measured: number;
}

/** Error of a prediction, in percent of what was measured. */
export const errorOf = ({ predicted, measured }: Comparison): number =>
  (Math.abs(predicted - measured) / measured) * 100;

const digits = (value: number) => Number(value.toPrecision(4));

/** A comparison as a row whose value is the error. */
export function rowOf(comparison: Comparison): Row {
  const { what, unit, predicted, measured } = comparison;
  const figures = `predicted ${digits(predicted)} ${unit}, measured ${digits(measured)} ${unit}, error`;
  return limited(`${what}: ${figures}`, errorOf(comparison), '%', MAX_ERROR);
}

/** A coefficient as a line: what is in the file, and what this run found. */
export function nowLine({ name, value }: Now): string {
  const { value: shipped, unit } = COEFFICIENTS[name];
  return `${name.padEnd(28)} ${`${shipped} ${unit}`.padStart(14)}, now ${digits(value)} ${unit}`;
}

/** The line through two points. */
export function line([[x1, y1], [x2, y2]]: readonly [readonly [number, number], readonly [number, number]]) {
  const slope = (y2 - y1) / (x2 - x1);
  return { slope, start: y1 - slope * x1 };
}
