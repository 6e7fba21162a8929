/** Literals of Go, which PromQL and Go's templates share (https://pkg.go.dev/strconv#Unquote, Prometheus 3.16 util/strutil/quote.go). */

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** One escape: a sign, three octal digits, or a code point of two, four or eight hexadecimal ones. */
const ESCAPE = /\\(?:([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))/gs;

/** The text of a string literal; undefined where it is none. Between back quotes nothing is escaped. */
export function unquoted(literal: string): string | undefined {
  const quote = literal.charAt(0);
  const inner = literal.slice(1, -1);
  if (literal.length < 2 || !literal.endsWith(quote)) return undefined;
  if (quote === '`') return inner.includes('`') ? undefined : inner;
  if ((quote !== '"' && quote !== "'") || inner.includes('\n')) return undefined;
  if (!inner.includes('\\')) return inner.includes(quote) ? undefined : inner;
  if (inner.replace(ESCAPE, '').includes(quote)) return undefined;
  let isRight = true;
  const text = inner.replace(ESCAPE, (_, octal?: string, x?: string, u?: string, big?: string, sign?: string) => {
    const decoded = sign === undefined ? codePoint(octal, x, u ?? big) : sign === quote ? quote : SIMPLE[sign];
    isRight &&= decoded !== undefined;
    return decoded ?? '';
  });
  return isRight ? text : undefined;
}

function codePoint(octal?: string, byte?: string, rune?: string): string | undefined {
  const code = octal === undefined ? Number.parseInt(byte ?? rune ?? '', 16) : Number.parseInt(octal, 8);
  const isSurrogate = rune !== undefined && code >= 0xd800 && code < 0xe000;
  return code > (octal === undefined ? 0x10ffff : 0xff) || isSurrogate ? undefined : String.fromCodePoint(code);
}

const INTEGER = /^[+-]?(0[xX](_?[0-9a-fA-F])+|0[bB](_?[01])+|0[oO](_?[0-7])+|0(_?[0-7])*|[1-9](_?[0-9])*)$/;
const DIGITS = '[0-9](?:_?[0-9])*';
const DECIMAL = new RegExp(`^[+-]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?$`);
const HEXADECIMAL = /^[+-]?0[xX](_?[0-9a-fA-F])*(\.([0-9a-fA-F](_?[0-9a-fA-F])*)?)?[pP][+-]?[0-9](_?[0-9])*$/;
const COMPLEX = /^(.*[^eEpP+-])([+-].+)i$/;

/** Whether a text is a number of a template: an integer of 64 bits, a float, or one of the two with `i` (text/template/parse, `newNumber`). */
export function isGoNumber(text: string): boolean {
  const [, real, imaginary] = COMPLEX.exec(text) ?? [];
  if (real !== undefined && imaginary !== undefined) return isFloat(real) && isFloat(imaginary);
  if (text.endsWith('i')) return isFloat(text.slice(0, -1));
  if (INTEGER.test(text)) return fitsInteger(text);
  return /[.eEpP]/.test(text) && isFloat(text);
}

const isFloat = (text: string): boolean =>
  HEXADECIMAL.test(text) || (DECIMAL.test(text) && Number.isFinite(Number(text.replaceAll('_', ''))));

function fitsInteger(text: string): boolean {
  const digits = text.replaceAll('_', '').replace(/^[+-]/, '');
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (text.startsWith('-')) return value <= 2n ** 63n;
  return value < (text.startsWith('+') ? 2n ** 63n : 2n ** 64n);
}
