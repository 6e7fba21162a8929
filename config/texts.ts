/** Texts that cannot be written as they were read, or that a reader of the manifests would not see. */
import { showPath, type Unplaced } from './problems';

/**
 * Whether strings may hold control characters. In rules and dashboards they are text that is passed on; nothing that is set in
 * an environment needs one, and in a review they are not seen.
 */
export type Controls = 'refused' | 'passed on';

/** Control characters but tab and line feed, the line breaks of other standards (U+0085, U+2028, U+2029), and the byte order mark. */
export const CONTROL = /(?![\t\n])[\p{Cc}\u2028\u2029\ufeff]/u;
/** Half of a surrogate pair, which no file in UTF-8 can hold. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/** A text that cannot be kept, by its path in the content. */
interface Found {
  readonly at: readonly PropertyKey[];
  readonly problem: Unplaced;
}

/**
 * Every text of a parsed file, keys included, that cannot be kept. Every object of JavaScript has `__proto__` already, so that maps
 * lose it on their way; cdk8s asks each map of a manifest for its `constructor`.
 */
export function textProblems(content: unknown, controls: Controls): Found[] {
  const found: Found[] = [];
  const look = (text: string, at: readonly PropertyKey[], isKey: boolean) => {
    const character = HALF_CHARACTER.exec(text)?.[0] ?? (controls === 'refused' ? CONTROL.exec(text)?.[0] : undefined);
    if (character !== undefined) found.push({ at, problem: badCharacter(at, character, isKey) });
    if (isKey && (text === '__proto__' || (text === 'constructor' && controls === 'refused')))
      found.push({
        at,
        problem: { path: showPath(at), allowed: `any other key: ${text} cannot be kept`, fix: 'rename this key' },
      });
  };
  const walk = (value: unknown, at: readonly PropertyKey[]): void => {
    if (typeof value === 'string') look(value, at, false);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, entry] of Object.entries(value)) {
      if (!Array.isArray(value)) look(key, [...at, key], true);
      walk(entry, [...at, Array.isArray(value) ? Number(key) : key]);
    }
  };
  walk(content, []);
  return found;
}

const badCharacter = (at: readonly PropertyKey[], character: string, isKey: boolean): Unplaced => ({
  path: showPath(isKey ? at.slice(0, -1) : at),
  value: `${isKey ? 'a key' : 'a text'} with the character ${codeOf(character)}`,
  allowed:
    'text without control characters, line separators and halves of surrogate pairs; a tab and a line feed may be there',
  fix: `remove ${codeOf(character)}`,
});

const codeOf = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
