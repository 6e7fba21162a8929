import type { ManifestSet } from '../manifests';
import { configOf, type ProgramPod } from '../pods';
import { addressNeeds, type Section } from './addresses';
import type { Need } from './need';

/** Where Alertmanager sends to by type of receiver, unless it is told another address. */
const SERVICES: Readonly<Record<string, string>> = {
  slack_configs: 'https://hooks.slack.com',
  pagerduty_configs: 'https://events.pagerduty.com',
};

/** A URL in a Secret leads anywhere; its port is said in no configuration, and 443 is what it is for all but one of ours. */
const SECRET_URL = 'https://secret.example.com';

/** Whom it tells, and the others of it. */
export function alertmanagerNeeds(set: ManifestSet, program: ProgramPod): Need[] {
  const { content } = configOf(set, program, '--config.file');
  const receivers = (content.receivers ?? []) as readonly Section[];
  const told = receivers
    .flatMap((receiver) => Object.entries(receiver))
    .flatMap(([type, integrations]) => {
      if (!type.endsWith('_configs')) return [];
      return (integrations as readonly Section[]).map(
        (integration) =>
          SERVICES[type] ?? ('url_file' in integration ? SECRET_URL : [integration.url, integration.smarthost]),
      );
    });
  return [...addressNeeds(set, program, told), ...peerNeeds(set, program)];
}

/** It gossips over both protocols. A peer is named as a pod of a Service of its own namespace. */
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
