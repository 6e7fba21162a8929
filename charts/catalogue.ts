import type { Config } from '../config/load';
import { Catalogue } from '../contract/catalogue';
import { METRICS } from '../contract/catalogue/index';
import { recorded } from '../contract/check';
import { sloRecordingRules } from './slo/rules';

/** The catalogue of an environment: what programs emit, and what its own recording rules write. */
export const catalogueOf = (config: Config): Catalogue =>
  sloRecordingRules(config)
    .flatMap(({ rules }) => rules)
    .reduce(
      (catalogue, { record, expr, labels }) =>
        catalogue.series(record).length > 0 ? catalogue : catalogue.with([recorded(record, expr, catalogue, labels)]),
      new Catalogue(METRICS),
    );
