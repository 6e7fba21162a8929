/** A size that follows from a load: its key of the environment file, and how it is computed. */
import type { CapacitySettings } from '../../config/schema/capacity';
import type { Settings } from '../settings';
import type { CoefficientName } from './coefficients';

/** What a size must be at least. */
export interface Least {
  /** In bytes, cores, pieces or seconds. */
  readonly value: number;
  /** How it is computed, one step a line: `2000 spans x 7200 s = 14400000 spans`. */
  readonly steps: readonly string[];
  /** What the steps take from the measurements. */
  readonly uses: readonly CoefficientName[];
}

/** A size. */
export interface Size {
  /** Its key, as `collector.queue.size`. */
  readonly path: string;
  /** What happens if it is smaller. null: the stack keeps its promise nevertheless, so a smaller one in the file is accepted. */
  readonly otherwise: string | null;
  /** The kind of its value. */
  readonly kind: 'bytes' | 'cores' | 'count' | 'seconds';
  /** The largest value that its key may have. */
  readonly most: number;
  /** The least that it must be; null: it has no meaning with these settings. A size may depend on the keys of those before it. */
  least(settings: Settings, capacity: CapacitySettings): Least | null;
}
