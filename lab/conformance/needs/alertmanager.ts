import type { ManifestSet } from '../manifests';
import { configOf } from '../pod-files';
import type { ProgramPod } from '../pods';
import { addressNeeds, type Section } from './addresses';
import type { Need } from './need';

/** Default addresses of receivers by type. */
const SERVICES: Readonly<Record<string, string>> = {
  slack_configs: 'https://hooks.slack.com',
  pagerduty_configs: 'https://events.pagerduty.com',
};

/** The URL in a Secret is unknown. Its port is 443 in all environments of ours except one. */
const SECRET_URL = 'https://secret.example.com';

/** Receivers, and the other replicas. */
export function alertmanagerNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const { content } = configOf(set, program, '--config.file');
  const receivers = (content.receivers ?? []) as readonly Section[];
  const addresses = receivers
    .flatMap((receiver) => Object.entries(receiver))
    .flatMap(([type, integrations]) => {
      if (!type.endsWith('_configs')) return [];
      return (integrations as readonly Section[]).map(
        (integration) =>
          SERVICES[type] ?? ('url_file' in integration ? SECRET_URL : [integration.url, integration.smarthost]),
      );
    });
  return [...addressNeeds(set, program, addresses), ...peerNeeds(set, program)];
}

/** The cluster protocol uses TCP and UDP. A peer is the DNS name of a pod in the same namespace. */
function peerNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const { container, pod } = program;
  const peers = (container.args ?? []).flatMap((argument) => {
    const [, host, port] = argument.match(/^--cluster\.peer=(.+):(\d+)$/) ?? [];
    return host === undefined ? [] : [`${host}.${pod.namespace}.svc:${port}`];
  });
  return addressNeeds(set, program, peers).flatMap(({ from, to }): Need[] => [
    { from, to },
    ...(to.kind === 'pod' ? [{ from, to: { ...to, protocol: 'UDP' } } as const] : []),
  ]);
}
