/**
 * Texts in YAML that all parsers read in the same way: those of kubectl and the Collector (Go), PyYAML, and parsers of YAML 1.2. The
 * library quotes them by the specifications of YAML 1.1 and 1.2; Go accepts more numbers and more line breaks than both.
 */
import { Document, type Tags } from 'yaml';
import { stringifyString } from 'yaml/util';

/**
 * Numbers in Go's notation, which are not numbers in YAML 1.1: go.yaml.in/yaml passes every plain scalar to `strconv.ParseInt` with base 0
 * (resolve.go), so that `0o14`, `0O14`, `0X1F` and `0B11` are numbers. A date may have months and days of one digit there. `<<` is the
 * merge key, `=` the default value.
 */
const READ_OTHERWISE = /^[-+]?0[xXoObB]|^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|^(<<|=)$/;

/**
 * Characters that must be escaped in YAML: control characters, the line breaks of YAML 1.1 (U+0085, U+2028, U+2029), the byte order mark,
 * and noncharacters (https://yaml.org/spec/1.1/#c-printable). Tab and line feed are allowed.
 */
const ESCAPED = /(?![\t\n])[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu;

/** Most texts have only these characters, and none to escape. */
const ASCII = /^[\n -~]*$/;

/** Go reads spaces at the start of a multi-line string as indentation, and PyYAML rejects a tab in an unquoted single line. */
const BLANKS = /^[ \t\n]|^[^\n]*\t[^\n]*$/;

/** The library writes the key `<<` without quotes if its schema supports merge keys. */
const withoutMerge = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:merge');

/** What the library needs to know of the place of a text. A line is never folded. */
const CONTEXT = {
  actualString: true,
  anchors: new Set<string>(),
  // Its schema decides which plain texts would be numbers, dates or booleans.
  doc: new Document(null, { version: '1.1', customTags: withoutMerge }),
  flowCollectionPadding: ' ',
  inFlow: null,
  indentStep: '  ',
  options: {
    blockQuote: true,
    commentString: (comment: string) => comment,
    defaultKeyType: null,
    defaultStringType: 'PLAIN',
    directives: null,
    doubleQuotedAsJSON: false,
    doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
    falseStr: 'false',
    flowCollectionPadding: true,
    indentSeq: true,
    lineWidth: 0,
    minContentWidth: 20,
    nullStr: 'null',
    simpleKeys: false,
    singleQuote: null,
    trailingComma: false,
    trueStr: 'true',
    verifyAliasOrder: true,
  },
} as const;

const keys = new Map<string, string>();
const values = new Map<string, string>();
const MAX_CACHED = 20_000;

/**
 * A text as the key of a map.
 * @param indent of what belongs to the key
 */
export const yamlKey = (text: string, indent: string): string =>
  remembered(keys, text, indent, () => written(text, { ...CONTEXT, indent, implicitKey: true }));

/**
 * A text as a value, with a line break in front of each of its other lines.
 * @param indent of its other lines
 * @throws Error if it holds half of a surrogate pair, which is no text
 */
export const yamlText = (text: string, indent: string): string =>
  remembered(values, text, indent, () => written(text, { ...CONTEXT, indent, implicitKey: false }));

/** The same names and values are in many objects. Only where they have one line, and are not at the top, the indent does not change them. */
function remembered(cache: Map<string, string>, text: string, indent: string, write: () => string): string {
  if (indent.length <= CONTEXT.indentStep.length || text.length > 100 || text.includes('\n')) return write();
  const known = cache.get(text) ?? write();
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(text, known);
  return known;
}

function written(value: string, context: Parameters<typeof stringifyString>[1]): string {
  const isAscii = ASCII.test(value);
  if (!isAscii && !value.isWellFormed())
    throw new Error(`A string with half of a surrogate pair cannot be written as YAML: ${JSON.stringify(value)}`);
  const escapes = !isAscii && value.search(ESCAPED) >= 0;
  const isQuoted = escapes || READ_OTHERWISE.test(value) || BLANKS.test(value);
  const text = stringifyString(isQuoted ? { value, type: 'QUOTE_DOUBLE' } : { value }, context);
  // Only a double-quoted string still contains such characters.
  return escapes ? text.replace(ESCAPED, escaped) : text;
}

/** The escape sequence of one character in a double-quoted string. */
function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}
