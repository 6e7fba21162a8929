/** Credentials and personal data that are known by their form. */
import { PEERS, PERSONAL, QUOTING } from '../../charts/collector/personal-attributes';
import { removed } from './tokens';

/** A pattern, and what stands for what it finds. */
interface Pattern {
  readonly find: RegExp;
  readonly replace: string;
}

/** A name that says that its value is a credential: the end of a variable, a key, a parameter or a header. */
const CREDENTIAL =
  '(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_.]?key|access[-_.]?key(?:[-_.]?id)?|private[-_.]?key|client[-_.]?secret|signing[-_.]?key|encryption[-_.]?key|credentials?|authorization|cookie|dsn)';

/** Whether a name of a variable or a key says that its value is a credential. */
export const namesCredential = (name: string): boolean => new RegExp(`${CREDENTIAL}$`, 'i').test(name);

/** Fields of objects that name a person: who made a silence. */
export const PERSONS: readonly string[] = ['createdBy'];

/** Whether a value under such a name is none: a path, a reference, a switch, or removed already. */
export const isNoCredential = (value: string): boolean =>
  /^(?:\s*|\/[\w./-]*|\$.*|<.*|true|false|null|none|yes|no)$/.test(value);

/** Credentials. The order matters: a longer form comes before one that is a part of it. */
export const CREDENTIALS: readonly Pattern[] = [
  { find: /-----BEGIN [A-Z0-9 ]+-----(?:[^-]|-(?!----))*-----END [A-Z0-9 ]+-----/g, replace: removed('PEM block') },
  // A part of one, in a log that was cut.
  { find: /-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\s\\]*/g, replace: removed('private key') },
  { find: /\beyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){0,3}/g, replace: removed('JWT') },
  {
    find: /(\b(?:proxy-)?authorization["']?\s{0,3}[:=]\s{0,3}["']?)(?:\w+ )?[^\s"',<>]+/gi,
    replace: `$1${removed('credential')}`,
  },
  { find: /\b(Bearer|Basic|Digest|Token) [A-Za-z0-9._~+/=-]{6,}/g, replace: `$1 ${removed('credential')}` },
  { find: /((?:set-)?cookie["']?\s{0,3}[:=]\s{0,3}["']?)[^"'\n]+/gi, replace: `$1${removed('cookie')}` },
  { find: /([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#"'@<>]+@/gi, replace: `$1${removed('user')}@` },
  {
    find: /(https:\/\/hooks\.slack\.com\/(?:services|workflows)\/)[^\s"'<>]+/g,
    replace: `$1${removed('path')}`,
  },
  {
    find: /\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bxox[abeprs]-[\w-]{8,}|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\bglsa_\w{20,}|\bhf_[A-Za-z0-9]{20,}|\bnpm_[A-Za-z0-9]{30,}/g,
    replace: removed('key'),
  },
  { find: /([?&](?:sig|signature|code|key|x-amz-[a-z-]+)=)[^&\s"'<>#]+/gi, replace: `$1${removed('parameter')}` },
];

/** `name=value`, `"name": "value"`, `name: value`, `--name value`, and what looks like the last one. */
export const ASSIGNMENT = new RegExp(
  `((?<![A-Za-z0-9])[\\w.-]{0,60}${CREDENTIAL}\\\\?["']?(?:[ \\t]{0,3}(?:=|:(?!:))[ \\t]{0,3}|[ \\t](?=\\S))\\\\?["']?)([^\\s"'\\\\,;&)}\\]]+)`,
  'gi',
);

/** Whether the start of an assignment is one. In prose a word follows a word: `secret "grafana-admin" not found`. */
export const isAssigned = (start: string): boolean =>
  /[=:][ \t]*\\?["']?$/.test(start) || /^--?[\w.-]+[ \t]["']?$/.test(start);

/** `"name": "DB_PASSWORD", "value": "…"`: a variable of a container, in JSON that is part of a text. */
export const VARIABLE = new RegExp(
  `(\\\\?"name\\\\?"\\s{0,3}:\\s{0,3}\\\\?"[\\w.-]*${CREDENTIAL}\\\\?"\\s{0,3},\\s{0,3}\\\\?"value\\\\?"\\s{0,3}:\\s{0,3}\\\\?")([^"\\\\]+)`,
  'gi',
);

/** E-mail addresses. An image's `name@sha256` is none: it has no dot after the sign. */
export const EMAIL = /[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b/g;

/**
 * A line of the Collector's debug exporter: an attribute, the message of a status, the body of a log record. Its attributes are those that
 * the Collector's own privacy knows.
 */
export const DEBUG_LINE = /^([ \t]*(?:-> ([^\n]{1,200}?): [A-Z]\w+\(|(?:Status message|Body)\s*: ))([^\n]*)$/gm;

const PERSONAL_KEY = new RegExp(`${PERSONAL}|${QUOTING}|^(?:${PEERS.join('|')})$`);

/** Whether an attribute holds personal data or content. */
export const isPersonal = (key: string): boolean => PERSONAL_KEY.test(key);
