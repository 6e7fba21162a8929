import { parse } from 'yaml';
import { parse as parseIni } from '../ini';
import type { ManifestSet } from '../manifests';
import { filesOf } from '../pod-files';
import type { ProgramPod } from '../pods';
import { addressNeeds, argumentNeeds, type Section } from './addresses';
import type { Need } from './need';

/** Data sources, database, and notification services. */
export function grafanaNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const files = [...filesOf(set, program)];
  const provisioned = files.filter(([path]) => path.endsWith('.yaml')).map(([, text]) => parse(text) as Section);
  const urls = provisioned.flatMap(({ datasources = [] }) =>
    (datasources as readonly { url: string }[]).map(({ url }) => url),
  );
  const settings = files.filter(([path]) => path.endsWith('.ini')).map(([, text]) => parseIni(text));
  const hosts = settings.flatMap((sections) => [sections.smtp?.host, sections.database?.host]);
  const receivers = provisioned.flatMap(
    ({ contactPoints = [] }) => contactPoints as readonly { receivers: readonly { type: string }[] }[],
  );
  const slack = receivers.flatMap((point) => point.receivers).some(({ type }) => type === 'slack')
    ? ['https://hooks.slack.com']
    : [];
  const plugins = settings.some(({ plugins: section }) => (section?.preinstall_sync ?? '') !== '')
    ? ['https://grafana.com']
    : [];
  // The cluster of its replicas.
  const peers = addressNeeds(
    set,
    program,
    settings.map((sections) => sections.unified_alerting?.ha_peers),
  );
  const byUdp = peers.flatMap(({ from, to }): Need[] =>
    to.kind === 'pod' ? [{ from, to: { ...to, protocol: 'UDP' } }] : [],
  );
  return [
    ...addressNeeds(set, program, [urls, hosts, slack, plugins]),
    ...argumentNeeds(set, program),
    ...peers,
    ...byUdp,
  ];
}
