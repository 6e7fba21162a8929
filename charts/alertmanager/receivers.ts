import type { AlertmanagerConfig, Receiver } from '../../config/schema';
import type { SecretKey } from '../../config/units';
import { connectOutside, hostOf, type OutsideHost } from '../../lib/endpoint';
import { type Mount, type SecretFile, secretFile } from '../../lib/mount';
import { slug } from '../../lib/slug';
import type { ComponentParty, Topology } from '../../lib/topology';
import { integration, Template } from './template';

type DeadMansSwitch = NonNullable<AlertmanagerConfig['deadMansSwitch']>;
type Address = Pick<DeadMansSwitch, 'url' | 'urlSecret' | 'port' | 'cidr'>;

/** Folder of the Secrets, each in a folder of its own. */
const SECRETS_PATH = '/etc/alertmanager/secrets';

/** Host that Slack's incoming webhooks are served from (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const SLACK = { host: 'hooks.slack.com', port: 443, cidr: null } as const;
/** Host of PagerDuty's Events API v2, which is Alertmanager's default too (https://developer.pagerduty.com/docs/events-api-v2-overview). */
const PAGERDUTY = { host: 'events.pagerduty.com', port: 443, cidr: null } as const;

/** Names with a slash: no receiver of a user can have one of them. */
export const NOBODY = 'stack/nobody';
/** The receiver that hears of the alert which always fires. */
export const DEAD_MANS_SWITCH = 'stack/dead-mans-switch';

/** What Alertmanager's default leaves out: what is the matter with each alert, and what to do. */
const SLACK_TEXT = new Template(
  '{{ range .Alerts }}{{ .Annotations.summary }}{{ with .Annotations.runbook_url }} <{{ . }}|runbook>{{ end }}\n{{ end }}',
);

/** PagerDuty's severities are critical, error, warning and info; ours are among them. */
const PAGERDUTY_SEVERITY = new Template('{{ or .CommonLabels.severity "error" }}');

/** A file of a receiver's Secret. Credentials are files, not values: Alertmanager shows its configuration. */
const fileOf = (receiver: string, purpose: string, secret: SecretKey): SecretFile =>
  secretFile(SECRETS_PATH, `receiver-${slug(receiver)}-${purpose}`, secret);

/** The entries of `receivers`: those of the user, one that tells nobody, and the dead man's switch. */
export const receiversConfig = ({ receivers, deadMansSwitch }: AlertmanagerConfig) => [
  { name: NOBODY },
  ...(deadMansSwitch === null
    ? []
    : [
        {
          name: DEAD_MANS_SWITCH,
          webhook_configs: [integration({ ...urlConfig(DEAD_MANS_SWITCH, deadMansSwitch), send_resolved: false })],
        },
      ]),
  ...receivers.map((receiver) => ({
    name: receiver.name,
    [`${receiver.type}_configs`]: [integration({ ...settingsOf(receiver), send_resolved: true })],
  })),
];

const urlConfig = (name: string, { url, urlSecret }: Address) =>
  urlSecret === null ? { url } : { url_file: fileOf(name, 'url', urlSecret).path };

function settingsOf(receiver: Receiver) {
  switch (receiver.type) {
    case 'email':
      return emailConfig(receiver);
    case 'slack': {
      const { name, urlSecret, channel } = receiver;
      const url = { api_url_file: fileOf(name, 'url', urlSecret).path };
      return { ...url, ...(channel !== null && { channel }), text: SLACK_TEXT };
    }
    case 'webhook':
      return { ...urlConfig(receiver.name, receiver), ...httpConfig(receiver) };
    case 'pagerduty': {
      const key = { routing_key_file: fileOf(receiver.name, 'routing-key', receiver.routingKeySecret).path };
      return { ...key, severity: PAGERDUTY_SEVERITY };
    }
  }
}

function emailConfig(receiver: Extract<Receiver, { type: 'email' }>) {
  const { name, host, port, from, to, user, passwordSecret, requireTls } = receiver;
  return {
    smarthost: `${host}:${port}`,
    from,
    to: to.join(', '),
    ...(user !== null && { auth_username: user }),
    ...(passwordSecret !== null && { auth_password_file: fileOf(name, 'password', passwordSecret).path }),
    require_tls: requireTls,
  };
}

function httpConfig({ name, tokenSecret, caSecret }: Extract<Receiver, { type: 'webhook' }>) {
  if (tokenSecret === null && caSecret === null) return {};
  const token = tokenSecret === null ? null : fileOf(name, 'token', tokenSecret).path;
  const ca = caSecret === null ? null : fileOf(name, 'ca', caSecret).path;
  return {
    http_config: {
      ...(token !== null && { authorization: { type: 'Bearer', credentials_file: token } }),
      ...(ca !== null && { tls_config: { ca_file: ca } }),
    },
  };
}

/** The Secrets that the entries read. */
export function receiverMounts({ receivers, deadMansSwitch }: AlertmanagerConfig): Mount[] {
  const urlSecret = deadMansSwitch?.urlSecret ?? null;
  return [
    ...(urlSecret === null ? [] : [fileOf(DEAD_MANS_SWITCH, 'url', urlSecret).mount]),
    ...receivers.flatMap((receiver) =>
      secretsOf(receiver).flatMap(([purpose, secret]) =>
        secret === null ? [] : [fileOf(receiver.name, purpose, secret).mount],
      ),
    ),
  ];
}

function secretsOf(receiver: Receiver): readonly (readonly [purpose: string, secret: SecretKey | null])[] {
  switch (receiver.type) {
    case 'email':
      return [['password', receiver.passwordSecret]];
    case 'slack':
      return [['url', receiver.urlSecret]];
    case 'webhook':
      return [
        ['url', receiver.urlSecret],
        ['token', receiver.tokenSecret],
        ['ca', receiver.caSecret],
      ];
    case 'pagerduty':
      return [['routing-key', receiver.routingKeySecret]];
  }
}

/** Records who is written to. */
export function connectReceivers(topology: Topology, client: ComponentParty, config: AlertmanagerConfig): void {
  const { receivers, deadMansSwitch } = config;
  for (const receiver of receivers) connectOutside(topology, client, hostOfReceiver(receiver), receiver.type);
  if (deadMansSwitch !== null) {
    connectOutside(topology, client, hostOfAddress("dead man's switch", deadMansSwitch), 'heartbeat');
  }
}

function hostOfReceiver(receiver: Receiver): OutsideHost {
  switch (receiver.type) {
    case 'email':
      return receiver;
    case 'slack':
      return SLACK;
    case 'webhook':
      return hostOfAddress(`webhook ${receiver.name}`, receiver);
    case 'pagerduty':
      return PAGERDUTY;
  }
}

/** A URL in a Secret has a name of its own in the picture, as its host is unknown here. */
const hostOfAddress = (name: string, { url, port, cidr }: Address): OutsideHost =>
  url === null ? { host: name, port, cidr } : { ...hostOf(url), cidr };
