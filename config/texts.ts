/** Strings that cannot be written as they were read, or that a reader of the manifests would not see. */
import { showPath, type Unplaced } from './problems';

/**
 * Whether strings may contain control characters. In rules and dashboards strings are passed on unchanged. No setting of an environment
 * needs a control character, and a reviewer would not see it.
 */
export type Controls = 'refused' | 'passed on';

/** Control characters except tab and line feed, other line separators (U+0085, U+2028, U+2029), and the byte order mark. */
export const CONTROL = /(?![\t\n])[\p{Cc}\u2028\u2029\ufeff]/u;
/** Half of a surrogate pair, which UTF-8 cannot encode. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/** A string that cannot be kept, with its path in the content. */
interface Found {
  readonly at: readonly PropertyKey[];
  readonly problem: Unplaced;
}

/**
 * Every string of a parsed file, keys included, that cannot be kept. Every JavaScript object already has `__proto__`, so maps lose such a
 * key; cdk8s reads `constructor` of each map of a manifest.
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
  value: `${isKey ? 'a key' : 'a string'} with the character ${codeOf(character)}`,
  allowed:
    'text without control characters, line separators and halves of surrogate pairs; tabs and line feeds are allowed',
  fix: `remove ${codeOf(character)}`,
});

const codeOf = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
