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

/**
 * Statements that remove or hash the attributes of a context whose keys match one of the patterns. Each attribute is changed once.
 * @param where condition of all of them. @default - always
 */
export function rewriteKeys(
  context: string,
  { level, salt }: Hashing,
  patterns: readonly string[],
  where?: string,
): TextPart[] {
  const attributes = `${context}.attributes`;
  const found = (index: number) => `${context}.cache["found${index}"]`;
  const all = found(0);
  const only = (condition: string) => [where, condition].filter((part) => part !== undefined).join(' and ');
  const always = where === undefined ? '' : ` where ${where}`;
  if (level === 'none')
    return patterns.map((pattern) => `delete_matching_keys(${attributes}, ${literal(pattern)})${always}`);
  return [
    ...patterns.flatMap((pattern, index) => [
      `set(${found(index)}, ${attributes})${always}`,
      `keep_matching_keys(${found(index)}, ${literal(pattern)})${always}`,
      ...(index === 0
        ? []
        : [`merge_maps(${all}, ${found(index)}, "upsert") where ${only(`Len(${found(index)}) > 0`)}`]),
    ]),
    ...[
      `stringify_all(${all})`,
      envText`replace_all_patterns(${all}, "value", ${literal(ANY)}, "${salt}$0", SHA256)`,
      `merge_maps(${attributes}, ${all}, "upsert")`,
    ].map((statement) => envText`${statement} where ${only(`Len(${all}) > 0`)}`),
  ];
}
