/**
 * The connections that the programs need, read from their rendered configurations: each URL, exporter,
 * scrape target and data source. The graph from which the NetworkPolicies are made is not used, so that the two can disagree.
 */
import type { ManifestSet } from '../manifests';
import { containersOf, type ProgramPod, runningImage, runningScripts } from '../pods';
import { addressNeeds, apiNeeds, argumentNeeds } from './addresses';
import { alertmanagerNeeds } from './alertmanager';
import { collectorNeeds } from './collector';
import { grafanaNeeds } from './grafana';
import { jaegerNeeds } from './jaeger';
import type { Need } from './need';
import { prometheusNeeds } from './prometheus';

export type { JanPod, Need, PodElsewhere } from './need';

/** Every need of a set. */
export const needsOf = (set: ManifestSet): readonly Need[] => [
  ...runningImage(set, 'collector').flatMap((program) => collectorNeeds(set, program)),
  ...runningImage(set, 'jaeger').flatMap((program) => jaegerNeeds(set, program)),
  ...runningImage(set, 'jaegerIndexCleaner').flatMap((program) => argumentNeeds(set, program)),
  ...runningImage(set, 'prometheus').flatMap((program) => prometheusNeeds(set, program)),
  ...runningImage(set, 'alertmanager').flatMap((program) => alertmanagerNeeds(set, program)),
  ...runningImage(set, 'kubeStateMetrics').flatMap(apiNeeds),
  ...runningImage(set, 'grafana').flatMap((program) => grafanaNeeds(set, program)),
  ...runningScripts(set).flatMap((program) => argumentNeeds(set, program)),
  ...containersOf(set, 'backupStore').flatMap((program) => addressNeeds(set, program, storesOf(program))),
];

/** The S3 endpoint of rclone; none where it stores on a claim. */
const storesOf = ({ container }: ProgramPod): readonly (string | undefined)[] =>
  (container.env ?? []).filter(({ name }) => name === 'RCLONE_CONFIG_S3_ENDPOINT').map(({ value }) => value);
