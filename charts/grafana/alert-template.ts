/**
 * A template action of an alert, between `{{` and `}}`, with its strings: `"…"` with escapes, and text between backticks
 * (https://pkg.go.dev/text/template).
 */
const ACTION = /(\{\{(?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`])*?\}\})/;
const STRING = /("(?:\\.|[^"\\])*"|`[^`]*`)/;

/** The value of an annotation while the rule has no series. */
const NO_VALUE = 'There is no value: the query returned no series, or failed.';

/**
 * Converts a Prometheus template to one for Grafana, which has the same functions but other data
 * (https://grafana.com/docs/grafana/latest/alerting/alerting-rules/templates/reference/):
 *
 * - `$value` is a text about all queries; the number of a single query is in `$values`.
 * - Annotations are filled in for rules without series too. Then `$values` is empty, and functions fail on the nil in
 *   `$values.A`: "can't convert <nil> to float". So the whole template is inside a condition that there is a value.
 * - A literal dollar sign is written as a template action. Grafana expands references such as `${NAME}` and `$__file{path}` in
 *   annotations, and rejects a file reference that does not exist.
 */
export function grafanaTemplate(text: string): string {
  const parts = text.split(ACTION);
  const body = parts.map((part) => (part.startsWith('{{') ? action(part) : part.replaceAll('$', '{{ "$" }}'))).join('');
  return parts.length === 1 ? body : `{{ if $values.A }}${body}{{ else }}${NO_VALUE}{{ end }}`;
}

const action = (text: string) =>
  text
    .split(STRING)
    .map((part) => (STRING.test(part) ? string(part) : part.replace(/\$value\b/g, '$values.A.Value')))
    .join('');

/** Only a string in double quotes can contain an escape for a dollar sign. */
const string = (part: string) =>
  (part.startsWith('`') ? JSON.stringify(part.slice(1, -1)) : part).replaceAll('$', '\\x24');
