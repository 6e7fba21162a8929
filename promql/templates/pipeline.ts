/** Pipelines, commands and operands, as `pipeline`, `command` and `operand` of text/template/parse/parse.go read them. */

import { isGoNumber, unquoted } from '../go-literals';
import { nearest } from '../nearest';
import type { Command, Operand, Pipeline } from './ast';
import type { Cursor } from './cursor';
import { TEMPLATE_FUNCTIONS } from './functions';
import { TemplateError, type Token, type TokenKind } from './tokens';

/** Go's own limit (`maxStackDepth`) is 10,000. No template in use needs more than this. */
const MAX_DEPTH = 200;

/**
 * Reads a pipeline and what ends it.
 * @param where what it belongs to, as `if`
 */
export function readPipeline(cursor: Cursor, where: string, end: 'close' | ')', depth = 0): Pipeline {
  const { from } = cursor.peek();
  const declares = declarations(cursor, where);
  const commands: Command[] = [];
  for (;;) {
    const token = cursor.peek();
    if (token.kind === end) break;
    if (!isOperand(token)) return cursor.unexpected(token, where);
    commands.push(command(cursor, depth));
  }
  const { to } = cursor.next();
  if (commands.length === 0) throw new TemplateError(`a value is missing in ${where}`, { from, to });
  for (const { operands } of commands.slice(1)) {
    const [first] = operands;
    if (first !== undefined && ['constant', 'string', 'dot'].includes(first.kind))
      throw new TemplateError(`only a function may follow |, and ${first.text} is none`, first);
  }
  return { from, to, declares, commands };
}

/** `$x :=`, `$x =`, and in range also `$key, $value :=`. */
function declarations(cursor: Cursor, where: string): readonly string[] {
  const names: string[] = [];
  for (;;) {
    const variable = cursor.peek();
    if (variable.kind !== 'variable') return names;
    cursor.next();
    const sign = cursor.peek();
    if (sign.kind !== 'assign' && sign.kind !== 'comma') {
      cursor.backTo(variable);
      return names;
    }
    cursor.next();
    names.push(variable.text);
    cursor.variables.push(variable.text);
    if (sign.kind === 'assign') return names;
    if (where !== 'range' || names.length > 1)
      throw new TemplateError('only range declares two variables at once', variable);
    if (!['variable', 'close', ')'].includes(cursor.peek().kind))
      throw new TemplateError('a variable must follow the comma', cursor.peek());
  }
}

const KINDS: Partial<Record<TokenKind, Operand['kind']>> = {
  dot: 'dot',
  field: 'field',
  variable: 'variable',
  identifier: 'function',
  string: 'string',
  '(': 'pipeline',
  number: 'constant',
  char: 'constant',
  bool: 'constant',
};

const isNil = ({ kind, text }: Token): boolean => kind === 'keyword' && text === 'nil';
const isOperand = (token: Token): boolean => KINDS[token.kind] !== undefined || isNil(token);

/** Operands with spaces between, up to a pipe, which it takes, or to the end of the pipeline. */
function command(cursor: Cursor, depth: number): Command {
  const { from } = cursor.peek();
  const operands: Operand[] = [];
  for (;;) {
    if (isOperand(cursor.peek())) operands.push(operand(cursor, depth));
    const token = cursor.adjacent();
    if (token.kind === 'space' && isOperand(cursor.peek())) continue;
    const to = cursor.before();
    const end = cursor.peek();
    if (end.kind === 'pipe') cursor.next();
    else if (end.kind !== 'close' && end.kind !== ')') return cursor.unexpected(end, 'a command');
    return { from, to, operands };
  }
}

function operand(cursor: Cursor, depth: number): Operand {
  const token = cursor.next();
  const kind = KINDS[token.kind] ?? 'constant';
  checkLiteral(token);
  checkName(token, cursor);
  if (kind === 'pipeline' && depth >= MAX_DEPTH) throw new TemplateError('too many parentheses', token);
  const pipeline = kind === 'pipeline' ? readPipeline(cursor, 'parentheses', ')', depth + 1) : undefined;
  const fields: string[] = [];
  while (cursor.adjacent().kind === 'field') {
    if (['constant', 'string', 'dot'].includes(kind))
      throw new TemplateError(`${token.text} has no fields`, cursor.adjacent());
    fields.push(cursor.next().text.slice(1));
  }
  return { kind, text: token.text, fields, from: token.from, to: cursor.before(), ...(pipeline && { pipeline }) };
}

function checkLiteral(token: Token): void {
  const { kind, text } = token;
  const isRight =
    kind === 'string'
      ? unquoted(text) !== undefined
      : kind === 'char'
        ? [...(unquoted(text) ?? '')].length === 1
        : kind !== 'number' || isGoNumber(text);
  if (!isRight) throw new TemplateError(`${text} is no ${kind === 'number' ? 'number' : 'text'} of Go`, token);
}

function checkName(token: Token, { variables }: Cursor): void {
  const names = token.kind === 'variable' ? variables : token.kind === 'identifier' ? FUNCTIONS : undefined;
  if (names === undefined || names.includes(token.text)) return;
  const what = token.kind === 'variable' ? 'variable' : 'function';
  const near = nearest(token.text, names);
  throw new TemplateError(
    `templates have no ${what} ${token.text}${near === undefined ? '' : `: did you mean ${near}?`}`,
    token,
  );
}

const FUNCTIONS: readonly string[] = [...TEMPLATE_FUNCTIONS.keys()];
