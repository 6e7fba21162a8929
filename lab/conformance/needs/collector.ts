import type { ManifestSet } from '../manifests';
import { configOf } from '../pod-files';
import type { ProgramPod } from '../pods';
import { addressNeeds, apiNeeds, argumentNeeds, listening, openTo, type Section, section } from './addresses';
import type { Need } from './need';

const hasType = (entries: Section, type: string) => Object.keys(entries).some((name) => name.split('/')[0] === type);

/** Jan Server connects to its receivers; it connects to the endpoints of its exporters and extensions. */
export function collectorNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const { content } = configOf(set, program, '--config');
  const outgoing = [
    ...addressNeeds(set, program, [content.exporters, content.extensions]),
    ...argumentNeeds(set, program),
  ];
  const api = hasType(section(content, 'processors'), 'k8s_attributes') ? apiNeeds(program) : [];
  return [...outgoing, ...api, ...openTo(program, listening(section(content, 'receivers')))];
}
