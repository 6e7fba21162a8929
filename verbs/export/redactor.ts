import { replaceAddresses } from './addresses';
import {
  ASSIGNMENT,
  CREDENTIALS,
  DEBUG_LINE,
  EMAIL,
  isAssigned,
  isNoCredential,
  isPersonal,
  namesCredential,
  PERSONS,
  VARIABLE,
} from './patterns';
import type { SecretValue } from './secret-forms';
import { numberedToken, removed, TOKEN } from './tokens';

const REMOVED = removed();
const TOKENS = new RegExp(TOKEN, 'g');

/** Base64 and URL-encoded words that are decoded to look into them. */
const BASE64_WORD = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,}={0,2}/g;
const URL_WORD = /(?:[\w.~!*'()+-]|%[0-9A-Fa-f]{2}){6,}/g;
/** A credential may be encoded twice. */
const DEPTH = 2;

/**
 * Takes secrets and personal data out of texts and objects. Secrets, IP and e-mail addresses are replaced by numbers, the same one for the
 * same value, so that what belongs together can be seen.
 */
export class Redactor {
  readonly #secrets: readonly {
    readonly name: string;
    readonly token: string;
    readonly find: RegExp;
    readonly findOutside: RegExp;
  }[];
  readonly #addresses = new Map<string, string>();
  readonly #emails = new Map<string, string>();

  /** @param secrets the values of Secrets that must appear nowhere */
  constructor(secrets: readonly SecretValue[]) {
    this.#secrets = secrets
      .filter(({ patterns }) => patterns.length > 0)
      .map(({ name, token, patterns }) => {
        // The longest form first: a shorter one may be its part.
        const any = [...patterns].sort((a, b) => b.length - a.length).join('|');
        // A value may be a word that is a part of what stands for another one.
        return { name, token, find: new RegExp(any), findOutside: new RegExp(`${TOKEN}|(${any})`, 'g') };
      });
  }

  /** How many different addresses were replaced. */
  get counts() {
    return { addresses: this.#addresses.size, emails: this.#emails.size };
  }

  /** The places of the Secrets' values that a text has. */
  secretsIn(text: string): readonly string[] {
    const outside = text.replace(TOKENS, '\0');
    return this.#secrets.filter(({ find }) => find.test(outside)).map(({ name }) => name);
  }

  /** A text without the values of Secrets. */
  withoutSecrets(text: string): string {
    const left = this.#secrets.reduce(
      (rest, { token, findOutside }) =>
        rest.replace(findOutside, (found, value?: string) => (value === undefined ? found : token)),
      text,
    );
    // What was a part of a longer word may be a word now.
    return left === text ? left : this.withoutSecrets(left);
  }

  /** A text without them. */
  text(text: string): string {
    return this.withoutSecrets(this.#text(text, DEPTH));
  }

  /** Plain data without them, whose strings are texts. The value under a name such as `password` is removed. */
  data(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.data(item));
    if (typeof value === 'number') return this.#number(value);
    if (typeof value !== 'object' || value === null) return value;
    const variable = value as { readonly name?: unknown; readonly value?: unknown };
    const isCredential = typeof variable.name === 'string' && namesCredential(variable.name);
    return Object.fromEntries(
      Object.entries(value).map(([key, below]) => {
        const hides = namesCredential(key) || PERSONS.includes(key) || (isCredential && key === 'value');
        const isText = typeof below === 'string' && !isNoCredential(below);
        return [this.text(key), hides && isText ? (this.#known(below) ?? REMOVED) : this.data(below)];
      }),
    );
  }

  /** A text that is a Secret's value as a whole, or has it as a part, named; null if it is none. */
  #known(text: string): string | null {
    const named = this.withoutSecrets(text);
    return /^<s-\d+>$/.test(named) ? named : null;
  }

  /** A number may be the value of a Secret too, such as a port. */
  #number(value: number): unknown {
    const text = String(value);
    const left = this.withoutSecrets(text);
    return left === text ? value : left;
  }

  #text(text: string, depth: number): string {
    const plain = CREDENTIALS.reduce(
      (rest, { find, replace }) => rest.replace(find, replace),
      this.withoutSecrets(text),
    )
      .replace(DEBUG_LINE, (line, start: string, key?: string) =>
        key === undefined || isPersonal(key) ? `${start}${REMOVED}` : line,
      )
      .replace(VARIABLE, `$1${REMOVED}`)
      .replace(ASSIGNMENT, (found, start: string, value: string) =>
        isAssigned(start) && !isNoCredential(value) ? `${start}${REMOVED}` : found,
      )
      .replace(EMAIL, (email) => numbered(this.#emails, 'email', email.toLowerCase()));
    const decoded = depth === 0 ? plain : this.#insideEncoded(plain, depth - 1);
    return replaceAddresses(decoded, (address) => numbered(this.#addresses, 'ip', address.toLowerCase()));
  }

  /** Words that have something to remove once they are decoded are removed as a whole. */
  #insideEncoded(text: string, depth: number): string {
    const unless = (word: string, decoded: string | null, what: string) =>
      decoded === null || this.#text(decoded, depth) === decoded ? word : removed(what);
    return text
      .replace(URL_WORD, (word) => (word.includes('%') ? unless(word, fromUrl(word), 'URL-encoded text') : word))
      .replace(BASE64_WORD, (word) => unless(word, fromBase64(word), 'base64'));
  }
}

/** The number that stands for a value, from 1 in the order in which they are found. */
function numbered(numbers: Map<string, string>, what: 'ip' | 'email', value: string): string {
  const known = numbers.get(value) ?? numberedToken(what, numbers.size + 1);
  numbers.set(value, known);
  return known;
}

function fromUrl(word: string): string | null {
  try {
    return decodeURIComponent(word.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/** The text; null if it is no base64 of readable text. */
function fromBase64(word: string): string | null {
  const text = Buffer.from(word, 'base64').toString('utf8');
  return /^[\t\n\r\x20-\x7e\u00a0-\u{10fffe}]+$/u.test(text) && !text.includes('\ufffd') ? text : null;
}
