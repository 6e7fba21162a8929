import type { Pod } from '../../lib/pod';
import { slug } from '../../lib/slug';
import { Expansion, SECRETS_PATH } from '../common/grafana-values';
import type { IniSection } from './ini-file';
import type { GrafanaSettings } from './schema';

type ContactPoint = GrafanaSettings['contactPoints'][number];
type Smtp = NonNullable<GrafanaSettings['smtp']>;

/** Host that Slack's incoming webhooks are served from (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const SLACK = { host: 'hooks.slack.com', port: 443, cidr: null } as const;

/** Grafana's provisioning file of contact points, with the first one as the default route. */
export function contactPointsFile(pod: Pod, contactPoints: readonly ContactPoint[]) {
  const first = contactPoints[0];
  return {
    apiVersion: 1,
    contactPoints: contactPoints.map((point) => ({
      orgId: 1,
      name: point.name,
      receivers: [{ uid: slug(point.name), type: point.type, settings: settingsOf(pod, point) }],
    })),
    ...(first !== undefined && {
      policies: [{ orgId: 1, receiver: first.name, group_by: ['grafana_folder', 'alertname'] }],
    }),
  };
}

function settingsOf(pod: Pod, point: ContactPoint): Readonly<Record<string, unknown>> {
  if (point.type === 'email') return { addresses: point.addresses.join(';'), singleEmail: false };
  pod.connectOutside(SLACK, 'Slack');
  // The URL of a Slack webhook is a credential.
  const url = pod.secretFile(SECRETS_PATH, `contact-${slug(point.name)}`, point.urlSecret);
  return { url: Expansion.ofFile(url) };
}

/** The `[smtp]` section of Grafana's settings. */
export function smtpSection(pod: Pod, smtp: Smtp): IniSection {
  const { host, port, user, passwordSecret, fromAddress, startTls, cidr } = smtp;
  pod.connectOutside({ host, port, cidr }, 'e-mail');
  const password = passwordSecret === null ? null : pod.secretFile(SECRETS_PATH, 'smtp', passwordSecret);
  return {
    enabled: true,
    host: `${host}:${port}`,
    ...(user !== null && { user }),
    ...(password !== null && { password: Expansion.ofFile(password) }),
    from_address: fromAddress,
    startTLS_policy: startTls,
  };
}
