import type { Stack } from '../charts';
import type { Config } from '../config/load';

/** An environment and its stack. */
export interface Built {
  readonly config: Config;
  readonly stack: Stack;
}
