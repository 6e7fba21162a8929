/** Receivers: everything about one type is in one function: its settings, its Secrets and its connections. */
import { hostOf, type OutsideHost } from '../../lib/outside';
import type { Pod } from '../../lib/pod';
import type { SecretKey } from '../../lib/secret-key';
import { slug } from '../../lib/slug';
import type { AlertmanagerSettings } from './schema';
import { ifPanel, integration, Template } from './template';

type Receiver = AlertmanagerSettings['receivers'][number];
type DeadMansSwitch = NonNullable<AlertmanagerSettings['deadMansSwitch']>;
type Address = Pick<DeadMansSwitch, 'url' | 'urlSecret' | 'port' | 'cidr'>;
type Of<Type extends Receiver['type']> = Extract<Receiver, { type: Type }>;

/** Folder of the Secrets, each in a folder of its own. */
const SECRETS_PATH = '/etc/alertmanager/secrets';

/** Host that Slack's incoming webhooks are served from (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const SLACK = { host: 'hooks.slack.com', port: 443, cidr: null } as const;
/** Host of PagerDuty's Events API v2, which is Alertmanager's default too (https://developer.pagerduty.com/docs/events-api-v2-overview). */
const PAGERDUTY = { host: 'events.pagerduty.com', port: 443, cidr: null } as const;

/** Names with a slash, so that they never collide with a user's receiver. */
export const NO_RECEIVER = 'stack/nobody';
/** The receiver of the alert that always fires. */
export const DEAD_MANS_SWITCH = 'stack/dead-mans-switch';

/** What Alertmanager's default template leaves out: the summary, the runbook and the graph of each alert. */
const SLACK_TEXT = new Template(
  `{{ range .Alerts }}{{ .Annotations.summary }}{{ with .Annotations.runbook_url }} <{{ . }}|runbook>{{ end }}${ifPanel(' <', '|graph>')}\n{{ end }}`,
);

/** Links of an incident, of the first alert of the group. PagerDuty gets no link without an address (notify/pagerduty/pagerduty.go). */
const PAGERDUTY_LINKS = [
  { href: new Template(`{{ with index .Alerts 0 }}${ifPanel()}{{ end }}`), text: 'Graph' },
  { href: new Template('{{ with index .Alerts 0 }}{{ .Annotations.runbook_url }}{{ end }}'), text: 'Runbook' },
];

/** PagerDuty's severities are critical, error, warning and info; ours are among them. */
const PAGERDUTY_SEVERITY = new Template('{{ or .CommonLabels.severity "error" }}');

/** Mounts a file of a receiver's Secret. Credentials are files, not values: Alertmanager shows its configuration. */
const fileOf = (pod: Pod, receiver: string, purpose: string, secret: SecretKey): string =>
  pod.secretFile(SECRETS_PATH, `receiver-${slug(receiver)}-${purpose}`, secret);

/** The entries of `receivers`: the empty one, the dead man's switch, and those of the user. */
export const receiversConfig = (pod: Pod, { receivers, deadMansSwitch }: AlertmanagerSettings) => [
  { name: NO_RECEIVER },
  ...(deadMansSwitch === null ? [] : [heartbeat(pod, deadMansSwitch)]),
  ...receivers.map((receiver) => ({
    name: receiver.name,
    [`${receiver.type}_configs`]: [integration({ ...settingsOf(pod, receiver), send_resolved: true })],
  })),
];

function heartbeat(pod: Pod, address: DeadMansSwitch) {
  pod.connectOutside(hostOfAddress("dead man's switch", address), 'heartbeat');
  const url = urlConfig(pod, DEAD_MANS_SWITCH, address);
  return { name: DEAD_MANS_SWITCH, webhook_configs: [integration({ ...url, send_resolved: false })] };
}

function settingsOf(pod: Pod, receiver: Receiver) {
  switch (receiver.type) {
    case 'email':
      return email(pod, receiver);
    case 'slack':
      return slack(pod, receiver);
    case 'webhook':
      return webhook(pod, receiver);
    case 'pagerduty':
      return pagerduty(pod, receiver);
  }
}

function email(pod: Pod, receiver: Of<'email'>) {
  const { name, host, port, from, to, user, passwordSecret, requireTls } = receiver;
  pod.connectOutside(receiver, 'email');
  return {
    smarthost: `${host}:${port}`,
    from,
    to: to.join(', '),
    ...(user !== null && { auth_username: user }),
    ...(passwordSecret !== null && { auth_password_file: fileOf(pod, name, 'password', passwordSecret) }),
    require_tls: requireTls,
  };
}

function slack(pod: Pod, { name, urlSecret, channel }: Of<'slack'>) {
  pod.connectOutside(SLACK, 'slack');
  return {
    api_url_file: fileOf(pod, name, 'url', urlSecret),
    ...(channel !== null && { channel }),
    text: SLACK_TEXT,
  };
}

function webhook(pod: Pod, receiver: Of<'webhook'>) {
  const { name, tokenSecret, caSecret } = receiver;
  pod.connectOutside(hostOfAddress(`webhook ${name}`, receiver), 'webhook');
  const url = urlConfig(pod, name, receiver);
  if (tokenSecret === null && caSecret === null) return url;
  const token = tokenSecret === null ? null : fileOf(pod, name, 'token', tokenSecret);
  const ca = caSecret === null ? null : fileOf(pod, name, 'ca', caSecret);
  return {
    ...url,
    http_config: {
      ...(token !== null && { authorization: { type: 'Bearer', credentials_file: token } }),
      ...(ca !== null && { tls_config: { ca_file: ca } }),
    },
  };
}

function pagerduty(pod: Pod, { name, routingKeySecret }: Of<'pagerduty'>) {
  pod.connectOutside(PAGERDUTY, 'pagerduty');
  return {
    routing_key_file: fileOf(pod, name, 'routing-key', routingKeySecret),
    severity: PAGERDUTY_SEVERITY,
    links: PAGERDUTY_LINKS,
  };
}

const urlConfig = (pod: Pod, name: string, { url, urlSecret }: Address) =>
  urlSecret === null ? { url } : { url_file: fileOf(pod, name, 'url', urlSecret) };

/** The host of a URL in a Secret is unknown here, so the diagram shows a name instead. */
const hostOfAddress = (name: string, { url, port, cidr }: Address): OutsideHost =>
  url === null ? { host: name, port, cidr } : { ...hostOf(url), cidr };
