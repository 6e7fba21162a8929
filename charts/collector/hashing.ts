/** What `collector.pii` does to a value. */

import { envText, type TextPart } from '../../lib/env-text';
import { literal } from './ottl';
import type { CollectorSettings } from './schema';

/** Removed, or replaced by a hash. */
export interface Hashing {
  readonly level: Exclude<CollectorSettings['pii'], 'full'>;
  /** The salt of each hash; may be empty. */
  readonly salt: TextPart;
}

/** OTTL expression for the hash of a text. */
export const hashOf = ({ salt }: Hashing, text: string): TextPart =>
  salt === '' ? `SHA256(${text})` : envText`SHA256(Concat(["${salt}", ${text}], ""))`;

const ANY = '(?s)^.*$';

/** A statement that replaces every value of a map of strings by its hash. */
export const hashAll = ({ salt }: Hashing, map: string): TextPart =>
  envText`replace_all_patterns(${map}, "value", ${literal(ANY)}, "${salt}$0", SHA256)`;
