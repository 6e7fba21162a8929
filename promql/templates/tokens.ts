/** The tokens of a Go template, as text/template/parse/lex.go of Go 1.26 finds them. */
import type { Span } from '../syntax/ast';

export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'assign'
  | 'pipe'
  | 'comma'
  | '('
  | ')'
  | 'string'
  | 'char'
  | 'number'
  | 'bool'
  | 'variable'
  | 'field'
  | 'identifier'
  | 'keyword'
  | 'dot'
  | 'other'
  | 'end of text';

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
}

/** What is wrong with a template, and where. */
export class TemplateError extends Error {
  constructor(
    message: string,
    readonly at: Span,
  ) {
    super(message);
  }
}

const KEYWORDS: ReadonlySet<string> = new Set(
  'block break continue define else end if nil range template with'.split(' '),
);

/** What may follow a word, besides the end of the action. */
const TERMINATOR = /^(?:[ \t\r\n.,|:()]|\}\}|$)/;

const NUMBER =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*|0[bB][01_]*|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/;

/** The tokens of an action, the longest first where two begin alike. */
const INSIDE: readonly (readonly [kind: TokenKind, pattern: RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['assign', /:=|=/y],
  ['pipe', /\|/y],
  ['comma', /,/y],
  ['(', /\(/y],
  [')', /\)/y],
  ['string', /"(?:\\[^\n]|[^"\\\n])*"|`[^`]*`/y],
  ['char', /'(?:\\[^\n]|[^'\\\n])*'/y],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['number', new RegExp(`(?=[+-]|\\.?[0-9])${NUMBER.source}(?:[+-]${NUMBER.source})?`, 'y')],
  ['field', /\.[\p{L}\p{Nd}_]+/uy],
  ['dot', /\./y],
  ['identifier', /[\p{L}\p{Nd}_]+/uy],
  ['other', /[!-~]/y],
];

/** Words: only some characters may follow them. */
const WORDS: ReadonlySet<TokenKind> = new Set(['variable', 'field', 'identifier', 'dot']);

/** @throws TemplateError at the first character that begins no token */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const until = open === -1 ? text.length : open;
    if (until > at) tokens.push(tokenAt('text', text, at, until));
    if (open === -1) break;
    at = open + 2;
    const start = /^-[ \t\r\n]/.test(text.slice(at, at + 2)) ? at + 2 : at;
    if (text.startsWith('/*', start)) {
      at = endOfComment(text, open, start);
      continue;
    }
    tokens.push(tokenAt('open', text, open, at));
    at = action(text, start, open, tokens);
  }
  return [...tokens, { kind: 'end of text', text: 'the end', from: text.length, to: text.length }];
}

const tokenAt = (kind: TokenKind, text: string, from: number, to: number): Token => ({
  kind,
  text: text.slice(from, to),
  from,
  to,
});

function endOfComment(text: string, open: number, start: number): number {
  const end = text.indexOf('*/', start + 2);
  if (end === -1) throw new TemplateError('the comment is not closed', { from: open, to: text.length });
  const close = /^(?:[ \t\r\n]-)?\}\}/.exec(text.slice(end + 2, end + 6));
  if (close === null) throw new TemplateError('a comment must have its own braces', { from: open, to: end + 2 });
  return end + 2 + close[0].length;
}

/** The tokens up to the closing braces. @returns where the text goes on */
function action(text: string, start: number, open: number, tokens: Token[]): number {
  let depth = 0;
  for (let at = start; ; at = tokens.at(-1)?.to ?? at) {
    const close = /^[ \t\r\n]*?(?:[ \t\r\n]-)?\}\}/.exec(text.slice(at));
    if (close !== null && depth > 0) throw new TemplateError('a parenthesis is not closed', { from: at, to: at + 1 });
    if (close !== null) {
      tokens.push(tokenAt('close', text, at, at + close[0].length));
      return at + close[0].length;
    }
    if (at >= text.length) throw new TemplateError('braces that are not closed', { from: open, to: text.length });
    const token = insideToken(text, at);
    depth += token.kind === '(' ? 1 : token.kind === ')' ? -1 : 0;
    if (depth < 0) throw new TemplateError('a parenthesis that was not opened', token);
    tokens.push(token);
  }
}

function insideToken(text: string, at: number): Token {
  for (const [kind, pattern] of INSIDE) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    if (found === '') continue;
    const token = tokenAt(kind, text, at, at + found.length);
    if (WORDS.has(kind) && !TERMINATOR.test(text.slice(token.to, token.to + 2)))
      throw new TemplateError(`"${token.text}" cannot be followed by ${quoted(text, token.to)}`, token);
    if (kind === 'number' && /^[\p{L}\p{Nd}_]/u.test(text.slice(token.to, token.to + 2)))
      throw new TemplateError(`"${token.text}" is no number`, token);
    return kind === 'identifier' ? { ...token, kind: wordKind(found) } : token;
  }
  const what = /^["'`]/.test(text.slice(at)) ? 'a quote that is not closed' : `${quoted(text, at)} has no meaning here`;
  throw new TemplateError(what, { from: at, to: at + 1 });
}

const quoted = (text: string, at: number): string => JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 32));

const wordKind = (word: string): TokenKind =>
  word === 'true' || word === 'false' ? 'bool' : KEYWORDS.has(word) ? 'keyword' : 'identifier';
