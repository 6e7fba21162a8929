import type { UserDashboard } from '../config/files/dashboards';
import type { RuleFile } from '../config/files/rules';
import type { SamplingStrategies } from '../config/files/sampling';
import type { Settings } from './settings';

/** All input of a stack: the settings of one environment with all defaults, and the user's files. */
export type Config = Settings & {
  /** Name of the environment: the file name without `.yaml`. */
  readonly environment: string;
  /** The user's `rules/*.yaml`. */
  readonly rules: readonly RuleFile[];
  /** The user's `dashboards/*.json`. */
  readonly dashboards: readonly UserDashboard[];
  /** Content of `jaeger.samplingStrategiesFile`; null if it is not set. */
  readonly samplingStrategies: SamplingStrategies | null;
};
