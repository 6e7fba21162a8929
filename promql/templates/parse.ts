/** Parses Go templates as text/template/parse/parse.go of Go 1.26 does: what that refuses is refused here. */

import { unquoted } from '../go-literals';
import type { Span } from '../syntax/ast';
import type { Control, Part, Template } from './ast';
import { Cursor } from './cursor';
import { readPipeline } from './pipeline';
import { TemplateError, type Token } from './tokens';

/** A template as a tree, or the first spot that is wrong. */
export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly at: Span; readonly message: string };

/** Parses the template of a label or an annotation. */
export function parseTemplate(text: string): ParsedTemplate {
  try {
    return { ok: true, template: new Parser(new Cursor(text)).template() };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { ok: false, at: { from: error.at.from, to: error.at.to }, message: error.message };
  }
}

/** What ends a list of parts. */
type Ending = Span & { readonly kind: 'end' | 'else' };

const isEnding = (piece: Part | Ending): piece is Ending => piece.kind === 'end' || piece.kind === 'else';
const isBlank = (parts: readonly Part[]): boolean => parts.every((part) => part.kind === 'text' && part.isBlank);

class Parser {
  readonly #defined = new Map<string, readonly Part[]>();

  constructor(readonly cursor: Cursor) {}

  template(): Template {
    const parts: Part[] = [];
    while (this.cursor.peek().kind !== 'end of text') {
      const piece = this.#piece(true);
      if (isEnding(piece)) throw new TemplateError(`${piece.kind} without if, range or with`, piece);
      parts.push(piece);
    }
    return { parts, defined: this.#defined };
  }

  /** @param isTop whether templates may be defined here */
  #piece(isTop = false): Part | Ending {
    const { cursor } = this;
    const token = cursor.next();
    const { from, to } = token;
    if (token.kind === 'text') return { kind: 'text', from, to, isBlank: token.text.trim() === '' };
    if (token.kind !== 'open') return cursor.unexpected(token, 'the text');
    const first = cursor.peek();
    if (first.kind !== 'keyword' || first.text === 'nil')
      return { kind: 'action', from, pipeline: readPipeline(cursor, 'an action', 'close'), to: cursor.before() };
    cursor.next();
    return this.#keyword(first, from, isTop);
  }

  #keyword(keyword: Token, from: number, isTop: boolean): Part | Ending {
    const { cursor } = this;
    const word = keyword.text;
    if (word === 'if' || word === 'range' || word === 'with') return this.#control(word, from);
    if (word === 'template' || word === 'block') return this.#reference(word, from);
    if (word === 'define' && isTop) return this.#define(this.#name(word, true), from);
    const goesOn = word === 'else' && ['if', 'with'].includes(cursor.peek().text);
    if (word === 'define') return cursor.unexpected(keyword, 'an action');
    if (!goesOn) cursor.expect('close', word);
    const to = cursor.before();
    if (word === 'end' || word === 'else') return { kind: word, from, to };
    if (cursor.ranges === 0) throw new TemplateError(`${word} outside of range`, keyword);
    return { kind: 'jump', from, to };
  }

  /** Parts up to the `{{ end }}` or `{{ else }}` that ends them. */
  #list(): { readonly parts: readonly Part[]; readonly ending: Ending } {
    const parts: Part[] = [];
    for (;;) {
      const next = this.cursor.peek();
      if (next.kind === 'end of text') throw new TemplateError('{{ end }} is missing', { from: 0, to: next.to });
      const piece = this.#piece();
      if (isEnding(piece)) return { parts, ending: piece };
      parts.push(piece);
    }
  }

  #control(kind: Control['kind'], from: number): Control {
    const { cursor } = this;
    const declared = cursor.variables.length;
    const pipeline = readPipeline(cursor, kind, 'close');
    cursor.ranges += kind === 'range' ? 1 : 0;
    const { parts: then, ending } = this.#list();
    cursor.ranges -= kind === 'range' ? 1 : 0;
    const otherwise = ending.kind === 'end' ? [] : this.#otherwise(kind);
    cursor.variables.length = declared;
    return { kind, pipeline, then, otherwise, from, to: cursor.before() };
  }

  /** What follows `{{ else`: an `if` or `with` may follow at once and shares the `{{ end }}`. */
  #otherwise(kind: Control['kind']): readonly Part[] {
    const next = this.cursor.peek();
    if (next.kind === 'keyword' && next.text === kind && kind !== 'range') {
      this.cursor.next();
      return [this.#control(kind, next.from)];
    }
    const { parts, ending } = this.#list();
    if (ending.kind !== 'end') throw new TemplateError('a second else', ending);
    return parts;
  }

  #name(where: string, alone: boolean): Token {
    const name = this.cursor.expect('string', where);
    if (unquoted(name.text) === undefined) throw new TemplateError(`${name.text} is no text of Go`, name);
    if (alone) this.cursor.expect('close', where);
    return name;
  }

  #reference(word: 'template' | 'block', from: number): Part {
    const { cursor } = this;
    const name = this.#name(word, false);
    const alone = word === 'template' && cursor.peek().kind === 'close';
    const pipeline = alone ? undefined : readPipeline(cursor, word, 'close');
    if (alone) cursor.next();
    if (word === 'block') this.#define(name, from);
    return { kind: 'template', name: unquoted(name.text) ?? '', pipeline, from, to: cursor.before() };
  }

  /** The body of a template of its own, which knows no variable but `$`. */
  #define(name: Token, from: number): Part {
    const { cursor } = this;
    const { variables, ranges } = cursor;
    [cursor.variables, cursor.ranges] = [['$'], 0];
    const { parts, ending } = this.#list();
    if (ending.kind !== 'end') throw new TemplateError('else without if, range or with', ending);
    [cursor.variables, cursor.ranges] = [variables, ranges];
    const text = unquoted(name.text) ?? '';
    const earlier = this.#defined.get(text) ?? [];
    if (!isBlank(earlier) && !isBlank(parts)) throw new TemplateError(`${name.text} is defined twice`, name);
    if (isBlank(earlier)) this.#defined.set(text, parts);
    return { kind: 'text', isBlank: true, from, to: cursor.before() };
  }
}
