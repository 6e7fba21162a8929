import type { Commands } from '../commands';

/** The next step if nothing is wrong yet. */
export const waitAgain = ({ make }: Commands): string => `wait, then ${make('monitor-status')} again`;
