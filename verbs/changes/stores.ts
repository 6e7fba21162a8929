/** Where Jaeger and Grafana keep their data. Another store starts empty. */
import type { Manifest } from '../../stack/checks/manifest';
import { filesOf } from './files';
import type { Risk } from './risk';
import { at, same, treeAt } from './tree';

/** Stores that change. */
export function storeRisks(old: readonly Manifest[], next: readonly Manifest[]): readonly Risk[] {
  const spans = [traceStores(old), traceStores(next)] as const;
  const users = [grafanaDatabases(old), grafanaDatabases(next)] as const;
  return [
    ...changed(
      'Jaeger',
      spans,
      'traces that were stored are not shown any more',
      'keep the old store until its traces have expired, or accept that they are gone',
    ),
    ...changed(
      'Grafana',
      users,
      'users, preferences and annotations do not move',
      'export what was made by hand; Grafana does not copy one database into another',
    ),
  ];
}

function changed(
  object: string,
  [before, after]: readonly [readonly string[], readonly string[]],
  what: string,
  next: string,
): readonly Risk[] {
  if (before.length === 0 || after.length === 0 || same(before, after)) return [];
  return [{ object, what: `the store is ${after.join(', ')}, before ${before.join(', ')}: ${what}`, next }];
}

/** Each store of spans with its address, sorted. */
function traceStores(objects: readonly Manifest[]): readonly string[] {
  const stores = filesOf(objects).flatMap(({ content }) =>
    Object.values(treeAt(content, 'extensions', 'jaeger_storage', 'backends')).flatMap((backend) =>
      Object.entries(treeAt(backend)).map(([type, settings]) => [type, addressOf(settings)].filter(Boolean).join(' ')),
    ),
  );
  return [...new Set(stores)].sort();
}

function addressOf(settings: unknown): string {
  const found =
    at(settings, 'server_urls') ?? at(settings, 'directories', 'keys') ?? at(settings, 'connection', 'servers');
  const prefix = at(settings, 'indices', 'index_prefix') ?? at(settings, 'schema', 'keyspace');
  return [Array.isArray(found) ? found.join(', ') : found, prefix]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
}

/** `sqlite3` is the default, on the claim. */
function grafanaDatabases(objects: readonly Manifest[]): readonly string[] {
  return objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ data = {} }) => Object.entries(data))
    .filter(([file]) => file === 'grafana.ini')
    .map(([, text]) => {
      const section = /^\[database\]\n((?:(?!\[).*\n?)*)/m.exec(text)?.[1] ?? '';
      const value = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(section)?.[1] ?? '';
      return [value('type') || 'sqlite3', value('host'), value('name')].filter(Boolean).join(' ');
    });
}
