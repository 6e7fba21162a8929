/** One figure of the benchmarks. */
export interface Row {
  readonly what: string;
  /** null: it was not measured. */
  readonly value: number | null;
  readonly unit: string;
  readonly goal: string;
  /** null if there is no goal, or no figure. */
  readonly met: boolean | null;
  /** Why it was not measured. */
  readonly reason?: string;
}

/** Figures, and what they were computed from. */
export interface Results {
  readonly rows: readonly Row[];
  readonly measured: unknown;
}

/** A figure that must not be above a limit. */
export const limited = (what: string, value: number, unit: string, limit: number): Row => ({
  what,
  value: rounded(value),
  unit,
  goal: `<= ${limit}`,
  met: value <= limit,
});

/** A figure without a goal. */
export const plain = (what: string, value: number, unit: string): Row => ({
  what,
  value: rounded(value),
  unit,
  goal: '',
  met: null,
});

/** A figure that could not be measured here. */
export const notMeasured = (what: string, reason: string): Row => ({
  what,
  value: null,
  unit: '',
  goal: '',
  met: null,
  reason,
});

const rounded = (value: number): number => Number(value.toFixed(3));

/** A row as a line of the table. */
export function lineOf({ what, value, unit, goal, met, reason }: Row): string {
  if (value === null) return `${what.padEnd(72)} NOT MEASURED: ${reason}\n`;
  const verdict = met === null ? '' : met ? 'met' : 'MISSED';
  return `${what.padEnd(72)} ${String(value).padStart(9)} ${unit.padEnd(6)} ${goal.padEnd(8)} ${verdict}`
    .trimEnd()
    .concat('\n');
}
