import type { ManifestSet } from '../manifests';
import { configOf } from '../pod-files';
import type { ProgramPod } from '../pods';
import { addressNeeds, argumentNeeds, listening, openTo, type Section, section } from './addresses';
import type { Need } from './need';

/** Its stores and metrics, and the sampling endpoint for SDKs in Jan Server. The Collector's configuration has the spans' connection. */
export function jaegerNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const { content } = configOf(set, program, '--config');
  const { jaeger_storage: storage, remote_sampling: sampling } = section(content, 'extensions') as Record<
    string,
    Section
  >;
  const cassandra = Object.values((storage?.backends ?? {}) as Record<string, Section>).flatMap((backend) => {
    const { servers = [], port = 9042 } = section(section(backend, 'cassandra'), 'connection') as {
      servers?: string[];
      port?: number;
    };
    return servers.map((host) => `${host}:${port}`);
  });
  return [
    ...addressNeeds(set, program, [storage, cassandra, section(content, 'receivers').kafka ?? {}]),
    ...argumentNeeds(set, program),
    ...openTo(program, listening(sampling)),
  ];
}
