/**
 * YAML that every reader reads as it was written: kubectl's and the Collector's (Go), PyYAML, and readers of YAML 1.2. The library
 * knows what a string must not look like in YAML 1.1 or 1.2 by their specifications; Go reads more as numbers, and takes
 * more characters for a line break, than either says.
 */
import { Document, type Scalar, type Tags, visit } from 'yaml';

/**
 * Numbers as Go writes them, which are no numbers in YAML 1.1: go.yaml.in/yaml hands every plain text to `strconv.ParseInt` with
 * base 0 (resolve.go), so that `0o14`, `0O14`, `0X1F` and `0B11` are numbers. A date may have one digit there. `<<` is a key that merges, `=` a default value.
 */
const READ_OTHERWISE = /^[-+]?0[xXoObB]|^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|^(<<|=)$/;

/**
 * Characters that stand in no line of YAML as they are: control characters, the line breaks of YAML 1.1 (U+0085, U+2028, U+2029),
 * the byte order mark, and what is no character (https://yaml.org/spec/1.1/#c-printable). A tab and a line feed may.
 */
const ESCAPED = /(?![\t\n])[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu;

/** Half of a surrogate pair: no encoding of text can hold it. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/** Go takes blanks at the start of several lines for the indent, and PyYAML refuses a tab in a single line outside of quotes. */
const BLANKS = /^[ \t\n]|^[^\n]*\t[^\n]*$/;

/**
 * YAML documents with `---` between them. No line is folded, nothing is an alias, and every string is read as that string.
 * @throws Error where a string holds half of a surrogate pair, which is no text
 */
export const writeYaml = (...contents: readonly unknown[]): string => contents.map(writeDocument).join('---\n');

function writeDocument(content: unknown): string {
  const document = new Document(content, { version: '1.1', customTags: withoutMerge, aliasDuplicateObjects: false });
  visit(document, { Scalar: (_key, node) => quoteWhereNeeded(node) });
  // Only a string in double quotes still holds such characters: elsewhere they are no part of YAML that we write.
  return document
    .toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY })
    .replace(ESCAPED, escaped);
}

/** The library writes the key `<<` without quotes where it knows what a merge is. */
const withoutMerge = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:merge');

function quoteWhereNeeded(node: Scalar): void {
  const { value } = node;
  if (typeof value !== 'string') return;
  if (HALF_CHARACTER.test(value))
    throw new Error(`A string with half of a surrogate pair cannot be written as YAML: ${JSON.stringify(value)}`);
  if (READ_OTHERWISE.test(value) || value.search(ESCAPED) >= 0 || BLANKS.test(value)) node.type = 'QUOTE_DOUBLE';
}

/** The escape of one character in a string with double quotes. */
function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}
