/** The experiments with the stores and what they are reached by: F9 to F19, F21 to F23. */
import type { Experiment } from '../experiment';
import { brokenRules } from './broken-rules';
import { cardinality } from './cardinality';
import { clockSkew } from './clock-skew';
import { jaegerDiskFull } from './jaeger-disk-full';
import { jaegerKilled } from './jaeger-killed';
import { jaegerTtl } from './jaeger-ttl';
import { powerCuts } from './power-cuts';
import { prometheusDisk } from './prometheus-disk';
import { prometheusKilled } from './prometheus-killed';
import { prometheusWal } from './prometheus-wal';
import { tlsRotation } from './tls-rotation';
import { twoCollectors } from './two-collectors';
import { upgrade } from './upgrade';
import { wrongToken } from './wrong-token';

export const STORE_EXPERIMENTS: readonly Experiment[] = [
  jaegerKilled(),
  powerCuts,
  jaegerDiskFull,
  jaegerTtl,
  prometheusKilled,
  prometheusWal,
  prometheusDisk,
  brokenRules,
  twoCollectors(),
  clockSkew,
  cardinality(),
  tlsRotation,
  wrongToken,
  upgrade,
];
