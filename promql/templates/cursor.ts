import { TEMPLATE_VARIABLES } from './functions';
import { TemplateError, type Token, type TokenKind, tokensOf } from './tokens';

/** Reads the tokens of a template one after another, and keeps which variables are declared so far. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Variables that are declared so far. */
  variables: string[] = [...TEMPLATE_VARIABLES];
  /** How many `range` are open. */
  ranges = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  /** The next token that is no space. */
  peek(): Token {
    while (this.#tokens[this.#at]?.kind === 'space') this.#at++;
    return this.adjacent();
  }

  /** The next token, be it a space. */
  adjacent(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error('the tokens have no end');
    return token;
  }

  /** Takes the next token that is no space. The end of the text is never passed. */
  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end of text') this.#at++;
    return token;
  }

  /** Goes back to a token that was taken. */
  backTo(token: Token): void {
    this.#at = this.#tokens.indexOf(token);
  }

  /** Where the last token ended. */
  before(): number {
    return this.#tokens[this.#at - 1]?.to ?? 0;
  }

  /** @throws TemplateError where the next token is of another kind */
  expect(kind: TokenKind, where: string): Token {
    const token = this.next();
    return token.kind === kind ? token : this.unexpected(token, where);
  }

  /** @throws TemplateError always */
  unexpected(token: Token, where: string): never {
    throw new TemplateError(`${token.kind === 'close' ? '}}' : token.text} is not expected in ${where}`, token);
  }
}
