import type { UserDashboard } from '../config/files/dashboards';
import type { RuleFile } from '../config/files/rules';
import type { SamplingStrategies } from '../config/files/sampling';
import type { Settings } from './settings';

/** Everything that a stack is made from: the settings of one environment, complete, and the user's own files. */
export type Config = Settings & {
  /** Name of the environment: the file name without `.yaml`. */
  readonly environment: string;
  /** The user's `rules/*.yaml`. */
  readonly rules: readonly RuleFile[];
  /** The user's `dashboards/*.json`. */
  readonly dashboards: readonly UserDashboard[];
  /** Content of `jaeger.samplingStrategiesFile`; null where none is set. */
  readonly samplingStrategies: SamplingStrategies | null;
};
