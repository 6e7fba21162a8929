/**
 * YAML that all parsers read in the same way: those of kubectl and the Collector (Go), PyYAML, and parsers of YAML 1.2. The library quotes
 * strings by the specifications of YAML 1.1 and 1.2; Go accepts more numbers and more line breaks than both.
 */
import { Document, type Scalar, type Tags, visit } from 'yaml';

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

/** Go reads spaces at the start of a multi-line string as indentation, and PyYAML rejects a tab in an unquoted single line. */
const BLANKS = /^[ \t\n]|^[^\n]*\t[^\n]*$/;

/**
 * YAML documents with `---` between them. No line is folded, there are no aliases, and every string is read back unchanged.
 * @throws Error where a string holds half of a surrogate pair, which is no text
 */
export const writeYaml = (...contents: readonly unknown[]): string => contents.map(writeDocument).join('---\n');

function writeDocument(content: unknown): string {
  const document = new Document(content, { version: '1.1', customTags: withoutMerge, aliasDuplicateObjects: false });
  let escapes = false;
  visit(document, {
    Scalar: (_key, node) => {
      escapes = quoteWhereNeeded(node) || escapes;
    },
  });
  const text = document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY });
  // Only a double-quoted string still contains such characters.
  return escapes ? text.replace(ESCAPED, escaped) : text;
}

/** The library writes the key `<<` without quotes if its schema supports merge keys. */
const withoutMerge = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:merge');

/** @returns whether it has a character that must be escaped */
function quoteWhereNeeded(node: Scalar): boolean {
  const { value } = node;
  if (typeof value !== 'string') return false;
  if (!value.isWellFormed())
    throw new Error(`A string with half of a surrogate pair cannot be written as YAML: ${JSON.stringify(value)}`);
  const escapes = value.search(ESCAPED) >= 0;
  if (escapes || READ_OTHERWISE.test(value) || BLANKS.test(value)) node.type = 'QUOTE_DOUBLE';
  return escapes;
}

/** The escape sequence of one character in a double-quoted string. */
function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}
