/**
 * A template of an alert, between `{{` and `}}`, with its strings: `"…"` with escapes, and what stands between backticks
 * (https://pkg.go.dev/text/template).
 */
const ACTION = /(\{\{(?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`])*?\}\})/;
const STRING = /("(?:\\.|[^"\\])*"|`[^`]*`)/;

/** What an annotation is while the rule has no series. */
const NO_VALUE = 'There is no value: the query returned no series, or failed.';

/**
 * A template for Prometheus, as one for Grafana, which has its functions but not its data
 * (https://grafana.com/docs/grafana/latest/alerting/alerting-rules/templates/reference/):
 *
 * - `$value` is a text about all queries; the number of one of them is in `$values`.
 * - Annotations are filled in for rules without series too. There `$values` is empty, and no function takes the nothing that
 *   `$values.A` then is: "can't convert <nil> to float". So all of a template stands behind the question whether there is a value.
 * - A dollar sign of the text is written as a template. Grafana checks references such as `${NAME}` and `$__file{path}` in
 *   annotations, and stops at a file that does not exist.
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

/** Only a string in double quotes can have a dollar sign by another name. */
const string = (part: string) =>
  (part.startsWith('`') ? JSON.stringify(part.slice(1, -1)) : part).replaceAll('$', '\\x24');
