import { ALL_METRICS } from './emitters';
/** The catalogue of metrics of an environment: those of the versions that are deployed, and those that the user declares. */

import { IMAGES, type ImageKey, imageOf } from '../config/images';
import { seconds } from '../config/units';
import { EMITTERS, type EmitterName } from '../metrics/emitters';
import { isIn, isVersion } from '../metrics/versions';
import { Catalogue, type CheckContext, type Emitter, type Metric } from '../promql';
import type { Settings } from './settings';

/** The metrics of the versions that are deployed. */
const servedMetrics = (settings: Settings): readonly Metric[] =>
  ALL_METRICS.filter((metric) => isServed(metric, settings));

/**
 * The metrics that the expressions of an environment are checked against.
 * @param known metrics of the programs. @default - those of the versions that are deployed
 */
export function checkContext(
  settings: Settings,
  known: Catalogue = new Catalogue(servedMetrics(settings)),
): CheckContext {
  const { metrics, prometheus } = settings;
  return {
    catalogue: known.with(metrics.flatMap(declared)),
    accepted: metrics.map(({ name }) => name).filter((name) => name.endsWith('*')),
    scrapeInterval: seconds(prometheus.scrapeInterval),
    retention: seconds(prometheus.retention.time),
  };
}

function declared({ name, type, labels, unit }: Settings['metrics'][number]): Metric[] {
  if (type === undefined || name.endsWith('*')) return [];
  return [
    {
      name,
      type,
      unit,
      labels: Object.fromEntries(labels.map((label) => [label, 'bounded' as const])),
      emitter: EMITTERS.userServices,
      recorded: true,
      emitted: { after: 'whatever makes your service write it' },
    },
  ];
}

/** Whether the version that is deployed has a metric. A tag that is not a version is assumed to have all metrics. */
export function isServed(metric: Metric, { images }: Settings): boolean {
  const image = IMAGE_OF.get(metric.emitter);
  if (image === undefined) return true;
  const { version } = imageOf(image, images);
  return !isVersion(version) || isIn(metric, version);
}

/** The images of emitters. The other emitters are not deployed by the stack, so their versions are unknown. */
const IMAGE_OF: ReadonlyMap<Emitter, ImageKey> = new Map(
  (Object.keys(IMAGES) as ImageKey[]).flatMap((key) => (key in EMITTERS ? [[EMITTERS[key as EmitterName], key]] : [])),
);
