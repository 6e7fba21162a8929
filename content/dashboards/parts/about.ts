/** What alerts are about, in one text: each alert has other labels, and a column for each label would be a table of gaps. */

/** The label with the text. */
export const ABOUT = 'about';

/** Labels that say what an alert is about, in the order in which they are read. */
const LABELS = [
  ...['service_name', 'slo', 'job', 'http_route', 'gen_ai_provider_name', 'gen_ai_request_model', 'tool_name'],
  ...['provider', 'operation', 'namespace', 'deployment', 'statefulset', 'daemonset', 'cronjob', 'job_name', 'pod'],
  ...['container', 'persistentvolumeclaim', 'node', 'mountpoint', 'exporter', 'integration', 'remote_name'],
  ...['plugin_id', 'alertmanager', 'reason'],
];
/** Made here: the address of what has neither pod nor node, and the group of a rule without its file. */
const ADDRESS = 'about_address';
const GROUP = 'about_group';

/** How many labels of one alert are shown. The text of an alert with more keeps its separators. */
const MOST = 6;
/** It is in no value of these labels. */
const SEPARATOR = ';';
const VALUE = `${SEPARATOR}*([^${SEPARATOR}]*)`;

const replaced = (expr: string, to: string, text: string, from: string, pattern: string) =>
  `label_replace(${expr}, "${to}", "${text}", "${from}", "${pattern}")`;

/** The group of a rule, without the path of its file: Prometheus names it `/etc/…/stack.yaml;collector`. */
export const withGroup = (expr: string, label: string): string => replaced(expr, label, '$1', 'rule_group', '.*;(.+)');

/** Adds the label `about` to alerts: the values of those labels that the alert has, with commas between them. */
export function withAbout(alerts: string): string {
  const address = replaced(alerts, ADDRESS, '$1', 'instance', '(.*)');
  const withoutPods = replaced(replaced(address, ADDRESS, '', 'pod', '.+'), ADDRESS, '', 'node', '.+');
  const names = [...LABELS, GROUP, ADDRESS].map((label) => `"${label}"`).join(', ');
  const joined = `label_join(${withGroup(withoutPods, GROUP)}, "${ABOUT}", "${SEPARATOR}", ${names})`;
  const values = Array.from({ length: MOST }, (_, index) => `$${index + 1}`).join(', ');
  const listed = replaced(joined, ABOUT, values, ABOUT, `${VALUE.repeat(MOST)}${SEPARATOR}*`);
  return replaced(listed, ABOUT, '$1', ABOUT, '(.*?)(?:, )*');
}
