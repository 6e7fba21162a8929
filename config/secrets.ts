/** Keeps credentials out of error messages, wherever the user has written them. */

/** Keys whose value is a credential, or often contains one by mistake. */
const SECRET_NAME =
  /passw|secret|token|credential|authori[sz]|cookie|header|salt|private|(api|access|routing)[-_]?key/i;
/** Keys of patches, whose values can be anything, for example a container's variables. */
const PATCH_KEY = /^(merge|value)$/;

/** Whether a value at this path may be a secret. */
export const isSecretPath = (path: readonly PropertyKey[]): boolean =>
  path.some((part) => typeof part === 'string' && (SECRET_NAME.test(part) || PATCH_KEY.test(part)));

/** A value for messages: possible secrets are replaced by a description. */
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

/** The kind of a value and its length. */
export function described(value: unknown): string {
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}

/** `scheme://`, everything before the last `@`, the host, the path, and the query or fragment. */
const URL_PARTS = /([a-z][a-z0-9+.-]*:\/\/)(\S*@)?([^\s/?#]*)([^\s?#]*)([?#]\S*)?/gi;
/** `user:password@` without a scheme. */
const USER_AND_PASSWORD = /[^\s:@/"]+:(?!\/\/)[^\s@]+@/g;

/** Only this many characters are searched: fewer are shown, and the expressions above take quadratic time. */
const MAX_SEARCHED = 2000;

/** A text whose URLs have no credentials: no user, and no path or query that may be a secret. */
const withoutCredentials = (text: string): string =>
  text
    .slice(0, MAX_SEARCHED)
    .replace(URL_PARTS, (_all, scheme: string, user = '', host: string, path: string, query = '') => {
      const shownPath = path.split('/').map((part) => (isOpaque(part) ? '***' : part));
      return `${scheme}${user === '' ? '' : '***@'}${host}${shownPath.join('/')}${query === '' ? '' : `${query[0]}***`}`;
    })
    .replace(USER_AND_PASSWORD, '***@');

/** Words and short numbers, separated by dashes, dots or underscores, such as `remote-write-2`. */
const WORDS = /^[a-z]+([-_.]([a-z]+|v?[0-9]{1,4}))*$/;

/** Whether a part of a path does not consist of words, so that a message leaves it out. */
const isOpaque = (part: string): boolean => part.length >= 12 && !WORDS.test(part);

/** Whether a part of a path looks random: long, with letters and digits, not words. */
const looksRandom = (part: string): boolean =>
  part.length >= 16 && /^(?=.*[0-9])(?=.*[A-Za-z])[\w~.:=+-]+$/.test(part) && !WORDS.test(part);

/** A workspace of Amazon Managed Service for Prometheus: it is part of every URL, and not a credential. */
const WORKSPACE = /^ws-[0-9a-f-]+$/;

/** Services whose URL is a credential, even a short one: Slack, Discord, healthchecks.io, Dead Man's Snitch. */
const HOSTS = new Set(['hooks.slack.com', 'discord.com', 'discordapp.com', 'hc-ping.com', 'nosnch.in']);

/** Whether knowing the URL is probably enough to use it. */
export function isCredential(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return HOSTS.has(hostname) || pathname.split('/').some((part) => looksRandom(part) && !WORKSPACE.test(part));
}

/**
 * Headers whose value is a credential, by parts of their names: Authorization, Proxy-Authorization, Cookie, X-Api-Key,
 * X-Auth-Token, X-Honeycomb-Team, signoz-ingestion-key, uptrace-dsn and the like.
 */
const CREDENTIAL_HEADER =
  /authori[sz]|cookie|token|secret|passw|credential|api-?key|(^|-)(auth|dsn)(-|$)|(access|ingest|ingestion|licen[sc]e|private|write)-?key|^x-honeycomb-team$/i;

/** Whether a header of this name carries a credential. */
export const isCredentialHeader = (name: string): boolean => CREDENTIAL_HEADER.test(name);
