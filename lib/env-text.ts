/**
 * Text with references to environment variables, and the syntax of different programs for them. A reference is a separate value, never part
 * of a string, so a user's text that looks like a reference stays text.
 */
import { toYaml } from './config-file';

/** A variable of the program's environment. */
interface Reference {
  readonly variable: string;
}

/** Text whose variables are expanded when the program starts. */
export class EnvText {
  constructor(readonly parts: readonly (string | Reference)[]) {}
}

/** A part of a text. */
export type TextPart = string | number | EnvText;

/** A text that is the value of one environment variable. */
export const env = (variable: string): EnvText => new EnvText([{ variable }]);

/** Template literal for texts with references: `` envText`[${env('POD_IP')}]:${port}` ``. */
export const envText = (strings: TemplateStringsArray, ...values: readonly TextPart[]): EnvText =>
  new EnvText(strings.flatMap((text, index) => [text, ...partsOf(values[index] ?? '')]));

const partsOf = (value: TextPart) => (value instanceof EnvText ? value.parts : [String(value)]);

/** Writes a text in the syntax of a program, and escapes what looks like a reference. All of these programs read `$$` as `$`. */
const writtenWith =
  (spell: (variable: string) => string, escaped: (text: string) => string) =>
  (value: TextPart): string =>
    partsOf(value)
      .map((part) => (typeof part === 'string' ? escaped(part) : spell(part.variable)))
      .join('');

const everyDollarTwice = (text: string): string => text.replaceAll('$', '$$$$');

/**
 * In arguments and variables of a container (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/, `args`). A
 * dollar sign is literal there, as in regular expressions, unless a parenthesis or another dollar sign follows.
 */
export const inContainer = writtenWith(
  (variable) => `$(${variable})`,
  (text) => text.replace(/\${2,}|\$(?=\()/g, everyDollarTwice),
);

/** In Prometheus' `external_labels` (Prometheus 3.16, `config.Load`, which calls `os.Expand`). */
export const inExternalLabel = writtenWith((variable) => `\${${variable}}`, everyDollarTwice);

const inCollectorValue = writtenWith((variable) => `\${env:${variable}}`, everyDollarTwice);

/** After a doubled `${` and a closing brace, the Collector finds no further reference (confmap 1.61, `findURI`). */
const HIDES_REFERENCES = /\$\{.*\}/s;

function inCollector(text: EnvText): string {
  for (const [index, part] of text.parts.entries()) {
    const before = text.parts.slice(0, index).map((earlier) => (typeof earlier === 'string' ? earlier : ''));
    if (typeof part !== 'string' && HIDES_REFERENCES.test(before.join('')))
      throw new Error(`the Collector would not read ${part.variable} behind a text with braces`);
  }
  return inCollectorValue(text);
}

/**
 * The configuration of a Collector, or of Jaeger, which is built on one, as the text of its file. The Collector replaces `${…}` in
 * every value by what a provider returns, a file's content included, and `$$` by `$` (confmap 1.61, `expand.go`); it leaves keys as
 * they are.
 */
export const toCollectorYaml = (content: unknown): string => toYaml(written(content));

function written(value: unknown): unknown {
  if (typeof value === 'string') return inCollectorValue(value);
  if (value instanceof EnvText) return inCollector(value);
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, written(entry)]));
}
