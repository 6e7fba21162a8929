import { asTemplateText } from '../../promql/templates/text';

/** One of our templates in Alertmanager's configuration (https://prometheus.io/docs/alerting/latest/notifications/). */
export class Template {
  constructor(readonly source: string) {}
}

/**
 * The fields that Alertmanager reads as templates, among those that are rendered here (notify/email/email.go, notify/slack/slack.go,
 * notify/webhook/webhook.go and notify/pagerduty/pagerduty.go of 0.34).
 */
const TEMPLATES: ReadonlySet<string> = new Set(['from', 'to', 'channel', 'text', 'url', 'severity']);

/**
 * The settings of an integration, as rendered: our templates unchanged, and a user's text in a template field as a template that yields
 * this text.
 */
export const integration = (settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(settings).map(([field, value]) => [field, written(field, value)]));

function written(field: string, value: unknown): unknown {
  if (value instanceof Template) return value.source;
  return typeof value === 'string' && TEMPLATES.has(field) ? asTemplateText(value) : value;
}
