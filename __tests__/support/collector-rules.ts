/** What the Collector's statements replace, computed here: each runs over each text, without the conditions that pass over clean ones. */
import { createHash } from 'node:crypto';
import { configFile, render } from '.';

interface Group {
  readonly statements: readonly string[];
}
interface Processors {
  readonly processors: Readonly<Record<string, { readonly trace_statements: readonly Group[] }>>;
}

/** A text that went through the statements. */
export interface Rewritten {
  readonly text: string;
  /** The patterns that matched. */
  readonly found: readonly string[];
}

/** A hash as the Collector writes it without a salt. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const STRING = '"(?:[^"\\\\]|\\\\.)*"';
const STATEMENT = new RegExp(
  `^replace_pattern\\((?<path>[^,]+), (?<pattern>${STRING}), (?<by>${STRING})(?:, SHA256, (?<format>${STRING}))?\\)(?: where (?<where>.*))?$`,
);
const TEXT_CONDITION = new RegExp(`^IsMatch\\([^,]+, (${STRING})\\)$`);
/** True of each span whose route has no parameter. */
const NO_PARAMETER = 'span.cache["parameter"] == nil';

const literalOf = (text: string): string => JSON.parse(text) as string;

/** A pattern of Go, of those that are used here. */
function regexOf(pattern: string): RegExp {
  const text = pattern.replace(/^\(\?s\)/, '');
  return new RegExp(text, text === pattern ? 'g' : 'gs');
}

function conditionOf(where: string | undefined): (text: string) => boolean {
  if (where === undefined || where === NO_PARAMETER) return () => true;
  const [, pattern] = TEXT_CONDITION.exec(where) ?? [];
  if (pattern === undefined) throw new Error(`unknown condition: ${where}`);
  const regex = new RegExp(literalOf(pattern));
  return (text) => regex.test(text);
}

/** One statement as a function. */
function replacementOf(parts: Readonly<Record<string, string | undefined>>) {
  const { pattern = '', by = '', format, where } = parts;
  const [source, replacement] = [literalOf(pattern), literalOf(by)];
  const regex = regexOf(source);
  const applies = conditionOf(where);
  const replaced = (...groups: readonly unknown[]): string => {
    const text = replacement.replace(/\$([0-9])/g, (_, index: string) => String(groups[Number(index)]));
    return format === undefined ? text : literalOf(format).replace('%s', sha256(text));
  };
  return (text: string): Rewritten => {
    if (!applies(text) || text.search(regex) < 0) return { text, found: [] };
    // The two that hide the slashes of a URL, and show them again, are bound to the beginning.
    return { text: text.replace(regex, replaced), found: source.startsWith('^') ? [] : [source] };
  };
}

/**
 * All statements of a processor that replace parts of one text, in their order.
 * @param path of the text, as `span.name`
 * @throws Error if there are none, or one is of a form that is unknown here
 */
export function replacing(processor: string, path: string): (text: string) => Rewritten {
  const { processors } = configFile<Processors>(render(''), 'otel-collector-config', 'config.yaml');
  const groups = processors[processor]?.trace_statements ?? [];
  const own = groups
    .flatMap(({ statements }) => statements)
    .map((statement) => statement.replaceAll('$$', '$'))
    .filter((statement) => statement.startsWith(`replace_pattern(${path},`));
  if (own.length === 0) throw new Error(`no statement of ${processor} replaces parts of ${path}`);
  const replacements = own.map((statement) => {
    const { groups: parts } = STATEMENT.exec(statement) ?? {};
    if (parts === undefined) throw new Error(`unknown statement: ${statement}`);
    return replacementOf(parts);
  });
  return (text) =>
    replacements.reduce<Rewritten>(
      (before, replacement) => {
        const after = replacement(before.text);
        return { text: after.text, found: [...before.found, ...after.found] };
      },
      { text, found: [] },
    );
}

/** What is done to names, routes and URLs of spans. */
export const rules = () => ({
  name: replacing('transform/http', 'span.name'),
  route: replacing('transform/http', 'span.attributes["http.route"]'),
  url: replacing('transform/privacy', 'span.attributes["url.full"]'),
});

/** Keys of personal data and content, as plain alternatives: what the Collector's patterns have to find. */
const PERSONAL = [
  'user\\.',
  'enduser\\.',
  'session\\.id$',
  'client\\.(socket\\.)?address$',
  'source\\.address$',
  'http\\.client_ip$',
  'http\\.user_agent$',
  'user_agent\\.original$',
  'http\\.(request|response)\\.header\\.',
  'url\\.query$',
  'gen_ai\\.(prompt|completion|(input|output)\\.messages|system_instructions)(\\.|$)',
  'gen_ai\\.tool\\.call\\.(arguments|result)(\\.|$)',
  'llm\\.(prompts?|completions?|(input|output)_messages)(\\.|$)',
  'traceloop\\.entity\\.(input|output)$',
  '(input|output)\\.value$',
  'db\\.query\\.parameter\\.',
  'stacktrace$',
  '(chat\\.|messages?\\.)?(content|messages?|prompt|completion|response)$',
].join('|');

/** The pattern for keys of personal data and content. */
export const PERSONAL_KEYS = new RegExp(`^(${PERSONAL})`);

/** The pattern for keys of texts that may quote a user. */
export const QUOTING_KEYS = /\.(message|error_message|status_message|status_description|error|stacktrace|stack)$/;
