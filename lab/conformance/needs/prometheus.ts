import type { ManifestSet } from '../manifests';
import { configOf } from '../pod-files';
import type { ProgramPod } from '../pods';
import { addressNeeds, apiNeeds, argumentNeeds } from './addresses';
import type { Need } from './need';
import { type Discovery, targetNeeds } from './targets';

/** Scrape targets, remote write and Alertmanagers. */
export function prometheusNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const { content } = configOf(set, program, '--config.file');
  const jobs = (content.scrape_configs ?? []) as readonly Discovery[];
  const { alertmanagers = [] } = (content.alerting ?? {}) as { readonly alertmanagers?: readonly Discovery[] };
  const outside = [content.remote_write, content.alerting, jobs.map(({ static_configs }) => static_configs)];
  const discovered = [...jobs, ...alertmanagers].filter(
    ({ kubernetes_sd_configs = [] }) => kubernetes_sd_configs.length > 0,
  );
  return [
    ...addressNeeds(set, program, outside),
    ...argumentNeeds(set, program),
    ...(discovered.length > 0 ? apiNeeds(program) : []),
    ...discovered.flatMap((job) => targetNeeds(set, program.pod.name, job)),
  ];
}
