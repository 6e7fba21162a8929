import { INI_REFERENCE } from '../../config/units';
import { Expansion } from '../common/grafana-values';

/** A value of grafana.ini: text, a number, a boolean, or a reference that Grafana expands. */
export type IniValue = string | number | boolean | Expansion;

/** The keys of one section. */
export type IniSection = Readonly<Record<string, IniValue>>;

/** Sections by name, in the order of the file. */
export type IniSections = Readonly<Record<string, IniSection>>;

/** Text that needs no quotes. */
const BARE = /^[\w./:@+-]([\w./:@+, -]*[\w./:@+-])?$/;

/** Line breaks and control characters. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/**
 * Grafana's settings file. Grafana parses it with gopkg.in/ini.v1 (parser.go, key.go) and then expands references
 * (pkg/setting/expanders.go). The rules:
 *
 * - Without quotes, blanks at both ends are cut, `#` and `;` begin a comment, a last `\` joins the next line, and quotes around
 *   the value are removed. Between `"""` and the last `"""` of the line all characters are text, quotes and backslashes too.
 * - An empty value counts as missing: the default stays.
 * - `${NAME}`, `$__env{NAME}`, `$__file{path}` and `%(key)s` are expanded inside quotes too, and cannot be escaped.
 *
 * @throws Error for a text that Grafana would change; the schema already refuses such text in an environment file
 */
export const toIni = (sections: IniSections): string =>
  Object.entries(sections)
    .map(([section, keys]) => {
      const lines = Object.entries(keys).map(([key, value]) => `${key} = ${written(`[${section}] ${key}`, value)}`);
      return `[${section}]\n${lines.join('\n')}\n`;
    })
    .join('\n');

function written(place: string, value: IniValue): string {
  if (value instanceof Expansion) return value.source;
  if (typeof value !== 'string') return `${value}`;
  if (value === '')
    throw new Error(`${place} of grafana.ini: an empty value leaves Grafana's default; leave the key out`);
  if (CONTROL.test(value)) throw new Error(`${place} of grafana.ini: a value is one line, without control characters`);
  if (INI_REFERENCE.test(value)) throw new Error(`${place} of grafana.ini: Grafana would replace a part of this text`);
  return BARE.test(value) ? value : `"""${value}"""`;
}
