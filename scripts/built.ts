import type { Stack } from '../charts';
import type { Config } from '../config/load';

/** An environment, and what was built from it. */
export interface Built {
  readonly config: Config;
  readonly stack: Stack;
}
