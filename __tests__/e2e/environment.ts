/** Jest's environment for steps that depend on each other: prints each when it ends, and skips the rest after the first failure. */
import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';

export default class StepsEnvironment extends TestEnvironment {
  #hasFailed = false;

  handleTestEvent(event: Circus.Event): void {
    if (event.name === 'test_start' && this.#hasFailed) event.test.mode = 'skip';
    if (event.name !== 'test_done' || event.test.mode === 'skip') return;
    const { name, parent, errors, duration } = event.test;
    const verdict = errors.length === 0 ? 'ok  ' : 'FAIL';
    // Steps outside of a group have the root as their parent.
    const title = parent.parent === undefined ? name : `${parent.name}: ${name}`;
    process.stdout.write(`${verdict} ${title} (${((duration ?? 0) / 1000).toFixed(1)} s)\n`);
    this.#hasFailed ||= errors.length > 0;
    this.global.HAS_FAILED = this.#hasFailed;
  }
}
