/** The arithmetic of an environment's sizes as text: `npm run capacity`. */
import { type Computed, computedSizes, loadOf, sourceOf, usedBy } from '../stack/capacity/arithmetic';
import { COEFFICIENTS } from '../stack/capacity/coefficients';
import type { Config } from '../stack/config';

/** A size with its steps: the value first, and what it must be at least where it is set to more. */
export const sizeLines = ({ path, value, least, steps }: Computed): readonly string[] => [
  `${path}: ${value}${value === least ? '' : ` (set; at least ${least})`}`,
  ...steps.map((step) => `    ${step}`),
];

/** The whole text of an environment. */
export function capacityText(config: Config): string {
  const file = `environments/${config.environment}.yaml`;
  const sizes = computedSizes(config);
  if (sizes.length === 0)
    return `${file} has no capacity: its sizes are those of the file, or the defaults of their keys (docs/capacity.md).\n`;
  const coefficients = usedBy(sizes).map((name) => {
    const { value, unit, what } = COEFFICIENTS[name];
    return `    ${`${value} ${unit}`.padEnd(16)} ${what}\n${' '.repeat(21)}${sourceOf(name)}`;
  });
  return `${[file, ...loadOf(config).map((line) => `    ${line}`), '', ...sizes.flatMap(sizeLines), '', 'Numbers', ...coefficients].join('\n')}\n`;
}
