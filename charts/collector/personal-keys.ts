/** Removes or hashes the attributes of a context whose keys say that they are personal. */
import { envText, type TextPart } from '../../lib/env-text';
import { type Hashing, hashAll, hashOf } from './hashing';
import { onePass } from './one-pass';
import { attributeOf, hasOne, literal } from './ottl';
import { FREQUENT, OF_SPANS, PEERS, PERSONAL, QUOTING } from './personal-attributes';

/** Set on what has to be searched by the next group. It is never stored. */
const MARK = 'otelcol.search';

/** Removes or hashes one attribute. */
function rewritten(context: string, key: string, hashing: Hashing): TextPart {
  const path = attributeOf(context, key);
  return hashing.level === 'none'
    ? `delete_key(${context}.attributes, "${key}") where ${path} != nil`
    : envText`set(${path}, ${hashOf(hashing, `String(${path})`)}) where ${path} != nil`;
}

/**
 * A group of statements on attributes that are looked up by their names.
 * @param where condition of all of them. @default - always
 */
function named(context: string, keys: readonly string[], hashing: Hashing, where: readonly string[] = []) {
  return {
    context,
    conditions: [[...where, hasOne(context, keys)].join(' and ')],
    statements: keys.map((key) => rewritten(context, key, hashing)),
  };
}

/** Statements that search all keys but those that are done. */
function searched(context: string, hashing: Hashing): TextPart[] {
  const attributes = `${context}.attributes`;
  if (hashing.level === 'none')
    return [PERSONAL, QUOTING].map((pattern) => `delete_matching_keys(${attributes}, ${literal(pattern)})`);
  const [found, quoting] = [`${context}.cache["found"]`, `${context}.cache["quoting"]`];
  return [
    `set(${found}, ${attributes})`,
    `keep_matching_keys(${found}, ${literal(PERSONAL)})`,
    `set(${quoting}, ${attributes})`,
    `keep_matching_keys(${quoting}, ${literal(QUOTING)})`,
    `merge_maps(${found}, ${quoting}, "upsert")`,
    `delete_matching_keys(${found}, ${literal(onePass(FREQUENT))})`,
    ...[`stringify_all(${found})`, hashAll(hashing, found), `merge_maps(${attributes}, ${found}, "upsert")`].map(
      (statement) => envText`${statement} where Len(${found}) > 0`,
    ),
  ];
}

/**
 * Groups of statements on the attributes of one context, each of which is changed once.
 *
 * The usual personal attributes are looked up. The others are searched only where there is an attribute that is not known, because patterns
 * cost most: a look-up in a list takes 20 ns, a pattern 100 ns and more for every key.
 * @param known keys that no pattern finds. @default - those of spans and points
 */
export function personalKeys(context: string, hashing: Hashing, known: readonly string[] = OF_SPANS) {
  const attributes = `${context}.attributes`;
  const mark = attributeOf(context, MARK);
  const cache = `${context}.cache`;
  return [
    named(context, FREQUENT, hashing),
    {
      context,
      conditions: [`Len(${attributes}) > 0`],
      statements: [
        `set(${cache}, ${attributes})`,
        `keep_keys(${cache}, ${JSON.stringify([...known, ...FREQUENT, ...PEERS])})`,
        `set(${mark}, true) where Len(${cache}) < Len(${attributes})`,
      ],
    },
    {
      context,
      conditions: [`${mark} != nil`],
      statements: [`delete_key(${attributes}, "${MARK}")`, ...searched(context, hashing)],
    },
  ];
}

/** A group of statements on addresses of the peer: on server spans and in their events they are the client's. */
export const clientAddresses = (context: 'span' | 'spanevent', hashing: Hashing) =>
  named(context, PEERS, hashing, ['span.kind == SPAN_KIND_SERVER']);
