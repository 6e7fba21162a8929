import type { GrafanaConfig } from '../../config/schema';
import { connectOutside } from '../../lib/endpoint';
import { type Mount, type SecretFile, secretFile } from '../../lib/mount';
import { slug } from '../../lib/slug';
import type { ComponentParty, Topology } from '../../lib/topology';
import type { IniSection } from './ini-file';
import { Expansion, SECRETS_PATH } from './values';

type ContactPoint = GrafanaConfig['contactPoints'][number];
type Smtp = NonNullable<GrafanaConfig['smtp']>;

/** Host that Slack's incoming webhooks are served from (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const SLACK = { host: 'hooks.slack.com', port: 443, cidr: null } as const;

/** Records who is written to. */
export function connectNotifiers(
  topology: Topology,
  client: ComponentParty,
  { smtp, contactPoints }: GrafanaConfig,
): void {
  if (smtp !== null) connectOutside(topology, client, { host: smtp.host, port: smtp.port, cidr: smtp.cidr }, 'e-mail');
  if (contactPoints.some(({ type }) => type === 'slack')) connectOutside(topology, client, SLACK, 'Slack');
}

/** Grafana's provisioning file of contact points, with the first of them as the default route. */
export function contactPointsFile(contactPoints: readonly ContactPoint[]) {
  const first = contactPoints[0];
  return {
    apiVersion: 1,
    contactPoints: contactPoints.map((point) => ({
      orgId: 1,
      name: point.name,
      receivers: [{ uid: slug(point.name), type: point.type, settings: settingsOf(point) }],
    })),
    ...(first !== undefined && {
      policies: [{ orgId: 1, receiver: first.name, group_by: ['grafana_folder', 'alertname'] }],
    }),
  };
}

function settingsOf(point: ContactPoint): Readonly<Record<string, unknown>> {
  if (point.type === 'email') return { addresses: point.addresses.join(';'), singleEmail: false };
  return { url: Expansion.ofFile(slackUrl(point).path) };
}

/** The `[smtp]` section of Grafana's settings. */
export function smtpSection(smtp: Smtp): IniSection {
  const { host, port, user, passwordSecret, fromAddress, startTls } = smtp;
  return {
    enabled: true,
    host: `${host}:${port}`,
    ...(user !== null && { user }),
    ...(passwordSecret !== null && {
      password: Expansion.ofFile(secretFile(SECRETS_PATH, 'smtp', passwordSecret).path),
    }),
    from_address: fromAddress,
    startTLS_policy: startTls,
  };
}

/** The Secrets that the settings above read. */
export function notifierMounts({ smtp, contactPoints }: GrafanaConfig): Mount[] {
  const password = smtp?.passwordSecret ?? null;
  const slack = contactPoints.flatMap((point) => (point.type === 'slack' ? [slackUrl(point).mount] : []));
  return [...(password === null ? [] : [secretFile(SECRETS_PATH, 'smtp', password).mount]), ...slack];
}

/** The file with the URL of a Slack webhook, which is as good as a password. */
const slackUrl = ({ name, urlSecret }: Extract<ContactPoint, { type: 'slack' }>): SecretFile =>
  secretFile(SECRETS_PATH, `contact-${slug(name)}`, urlSecret);
