/** Removes or hashes the attributes of a context whose keys say that they are personal. */
import { envText, type TextPart } from '../../lib/env-text';
import { type Hashing, hashAll } from './hashing';
import { literal } from './ottl';
import { PEERS, PERSONAL, PERSONAL_NAMES, QUOTING, UNTOUCHED } from './personal-attributes';

const KNOWN = [...UNTOUCHED, ...PERSONAL_NAMES, ...PEERS];

const list = (keys: readonly string[]): string => JSON.stringify(keys);

/** The condition under which peers are clients. */
const OF_SERVER = 'span.kind == SPAN_KIND_SERVER';

/**
 * Statements on the attributes of one context, each of which is changed once.
 *
 * Patterns are searched for only where a key is not known, because that costs most: a look-up in a list takes 20 ns, a pattern 100 ns and
 * more for every key.
 * @param peers true where addresses of the peer are those of clients: on server spans, and in their events
 */
export function personalKeys(context: string, hashing: Hashing, peers = false): TextPart[] {
  const attributes = `${context}.attributes`;
  const [found, quoting, clients, searched] = ['found', 'quoting', 'clients', 'searched'].map(
    (name) => `${context}.cache["${name}"]`,
  ) as [string, string, string, string];
  const isKnown = `${searched} == nil`;
  const isSearched = `${searched} == true`;
  const isFound = `Len(${found}) > 0`;
  return [
    `set(${found}, ${attributes})`,
    `keep_keys(${found}, ${list(KNOWN)})`,
    `set(${searched}, true) where Len(${found}) < Len(${attributes})`,
    ...(peers
      ? [
          `keep_keys(${found}, ${list([...PERSONAL_NAMES, ...PEERS])}) where ${isKnown} and ${OF_SERVER}`,
          `keep_keys(${found}, ${list(PERSONAL_NAMES)}) where ${isKnown} and not (${OF_SERVER})`,
        ]
      : [`keep_keys(${found}, ${list(PERSONAL_NAMES)}) where ${isKnown}`]),
    `set(${found}, ${attributes}) where ${isSearched}`,
    `keep_matching_keys(${found}, ${literal(PERSONAL)}) where ${isSearched}`,
    `set(${quoting}, ${attributes}) where ${isSearched}`,
    `keep_matching_keys(${quoting}, ${literal(QUOTING)}) where ${isSearched}`,
    `merge_maps(${found}, ${quoting}, "upsert") where ${isSearched}`,
    ...(peers
      ? [
          `set(${clients}, ${attributes}) where ${isSearched} and ${OF_SERVER}`,
          `keep_keys(${clients}, ${list(PEERS)}) where ${isSearched} and ${OF_SERVER}`,
          `merge_maps(${found}, ${clients}, "upsert") where ${isSearched} and ${OF_SERVER}`,
        ]
      : []),
    ...(hashing.level === 'none'
      ? [
          `delete_matching_keys(${attributes}, ${literal(PERSONAL)}) where ${isFound}`,
          `delete_matching_keys(${attributes}, ${literal(QUOTING)}) where ${isFound}`,
          ...(peers ? PEERS.map((key) => `delete_key(${attributes}, "${key}") where ${isFound} and ${OF_SERVER}`) : []),
        ]
      : [
          `stringify_all(${found}) where ${isFound}`,
          envText`${hashAll(hashing, found)} where ${isFound}`,
          `merge_maps(${attributes}, ${found}, "upsert") where ${isFound}`,
        ]),
  ];
}
