import type { Stack } from '../stack/apps';
import type { Config } from '../stack/config';

/** An environment and its stack. */
export interface Built {
  readonly config: Config;
  readonly stack: Stack;
}
