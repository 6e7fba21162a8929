/** The experiments with spans, from a sender to the store: F1 to F8, F20, F25, F26. */
import type { Experiment } from '../experiment';
import { memoryPressure } from './memory';
import { backendDown, collectorKilled, longOutage } from './outages';
import { poisoned } from './poisoned';
import { queueCorrupt } from './queue-damaged';
import { diskFull } from './queue-disk-full';
import { collectorTerminated, queueFull, slowBackend } from './refusals';
import { sizes } from './sizes';

export const SPAN_EXPERIMENTS: readonly Experiment[] = [
  backendDown,
  collectorKilled,
  longOutage,
  queueFull,
  diskFull,
  queueCorrupt,
  memoryPressure,
  collectorTerminated,
  slowBackend,
  sizes,
  poisoned,
];
