/** What an error message must not show: credentials, wherever somebody has written them. */

/** Keys whose value is a credential, or where one is often written by mistake. */
const SECRET_NAME =
  /passw|secret|token|credential|authori[sz]|cookie|header|salt|private|(api|access|routing)[-_]?key/i;
/** Keys of patches, below which anything may stand, as the variables of a container. */
const ANYTHING = /^(merge|value)$/;

/** Whether a value at this path may be a secret. */
export const isSecretPath = (path: readonly PropertyKey[]): boolean =>
  path.some((part) => typeof part === 'string' && (SECRET_NAME.test(part) || ANYTHING.test(part)));

/** A value for people: the same, but for what may be a secret, which is described. */
export function withoutSecrets(value: unknown, path: readonly PropertyKey[]): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (isSecretPath(path)) return described(value);
  if (Array.isArray(value)) return value.map((entry, index) => withoutSecrets(entry, [...path, index]));
  if (typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, withoutSecrets(entry, [...path, key])]),
    );
  return typeof value === 'string' ? withoutCredentials(value) : value;
}

/** What kind of value it is, and how long. */
export function described(value: unknown): string {
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}

/** `scheme://`, what is before the last `@`, the host, the path, and what follows it. */
const URL_PARTS = /([a-z][a-z0-9+.-]*:\/\/)(\S*@)?([^\s/?#]*)([^\s?#]*)([?#]\S*)?/gi;
/** `user:password@`, where the scheme is missing. */
const USER_AND_PASSWORD = /[^\s:@/"]+:(?!\/\/)[^\s@]+@/g;

/** Characters of a text that are looked at: fewer are shown, and the expressions above take time that grows with the square of the length. */
const LOOKED_AT = 2000;

/** A text whose URLs have no credentials: neither a user, nor a path or query that lets in whoever knows it. */
const withoutCredentials = (text: string): string =>
  text
    .slice(0, LOOKED_AT)
    .replace(URL_PARTS, (_all, scheme: string, user = '', host: string, path: string, query = '') => {
      const shownPath = path.split('/').map((part) => (isNoWord(part) ? '***' : part));
      return `${scheme}${user === '' ? '' : '***@'}${host}${shownPath.join('/')}${query === '' ? '' : `${query[0]}***`}`;
    })
    .replace(USER_AND_PASSWORD, '***@');

/** Words and short numbers with dashes, dots or underscores between them, as `remote-write-2`. */
const WORDS = /^[a-z]+([-_.]([a-z]+|v?[0-9]{1,4}))*$/;

/** Whether a part of a path is no word, so that a message leaves it out. */
const isNoWord = (part: string): boolean => part.length >= 12 && !WORDS.test(part);

/** Whether a part of a path looks as if it had been drawn by lot: long, of letters and digits, and no words. */
const looksRandom = (part: string): boolean =>
  part.length >= 16 && /^(?=.*[0-9])(?=.*[A-Za-z])[\w~.:=+-]+$/.test(part) && !WORDS.test(part);

/** A workspace of Amazon Managed Service for Prometheus: its name in every URL, and no credential. */
const WORKSPACE = /^ws-[0-9a-f-]+$/;

/** Services whose URL is the credential, however short: Slack, Discord, healthchecks.io, Dead Man's Snitch. */
const HOSTS = new Set(['hooks.slack.com', 'discord.com', 'discordapp.com', 'hc-ping.com', 'nosnch.in']);

/** Whether whoever knows a URL may probably use it. */
export function isCredential(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return HOSTS.has(hostname) || pathname.split('/').some((part) => looksRandom(part) && !WORKSPACE.test(part));
}

/**
 * Headers whose value is a credential, by what their names have in common: Authorization, Proxy-Authorization, Cookie, X-Api-Key,
 * X-Auth-Token, X-Honeycomb-Team, signoz-ingestion-key, uptrace-dsn and the like.
 */
const CREDENTIAL_HEADER =
  /authori[sz]|cookie|token|secret|passw|credential|api-?key|(^|-)(auth|dsn)(-|$)|(access|ingest|ingestion|licen[sc]e|private|write)-?key|^x-honeycomb-team$/i;

/** Whether a header of this name carries a credential. */
export const isCredentialHeader = (name: string): boolean => CREDENTIAL_HEADER.test(name);
