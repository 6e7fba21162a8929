import { asTemplateText } from '../../promql/templates/text';

/** One of our templates in Alertmanager's configuration (https://prometheus.io/docs/alerting/latest/notifications/). */
export class Template {
  constructor(readonly source: string) {}
}

/** Time before an alert that its graph shows, in nanoseconds: one hour. */
const BEFORE = 3_600_000_000_000;

/**
 * The address of the panel of an alert, from an hour before it began until now, or until it was resolved. The dot of the template is the
 * alert; nothing where the alert has no panel. Rules of users may have an address without a question mark.
 * @param before text in front of the address
 * @param after text behind it
 */
export function ifPanel(before = '', after = ''): string {
  const url = '.Annotations.dashboard_url';
  const join = `{{ if match "[?]" ${url} }}&{{ else }}?{{ end }}`;
  const from = `{{ (.StartsAt.Add -${BEFORE}).UnixMilli }}`;
  const to = '{{ if eq .Status "resolved" }}{{ .EndsAt.UnixMilli }}{{ else }}now{{ end }}';
  return `{{ if ${url} }}${before}{{ ${url} }}${join}from=${from}&to=${to}${after}{{ end }}`;
}

/**
 * The fields that Alertmanager reads as templates, among those that are rendered here (notify/email/email.go, notify/slack/slack.go,
 * notify/webhook/webhook.go and notify/pagerduty/pagerduty.go of 0.34).
 */
const TEMPLATES: ReadonlySet<string> = new Set(['from', 'to', 'channel', 'text', 'url', 'severity', 'href']);

/**
 * The settings of an integration, as rendered: our templates unchanged, and a user's text in a template field as a template that yields
 * this text.
 */
export const integration = (settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(settings).map(([field, value]) => [field, written(field, value)]));

function written(field: string, value: unknown): unknown {
  if (value instanceof Template) return value.source;
  if (Array.isArray(value)) return value.map(integration);
  return typeof value === 'string' && TEMPLATES.has(field) ? asTemplateText(value) : value;
}
