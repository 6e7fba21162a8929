import { bytes, mebibytes } from '../../config/units';
import type { Pod } from '../../lib/pod';

/** Lets the garbage collector of a Go program work harder from 80 % of its memory limit on. */
export const limitGoMemory = (pod: Pod): void =>
  pod.env('GOMEMLIMIT', mebibytes(bytes(pod.props.resources.memory) * 0.8));
