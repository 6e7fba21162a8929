/** Values in the files that Grafana reads: plain text, and references that Grafana expands. */
import { toYaml } from '../../lib/config-file';

/** Folder of the Secrets that Grafana reads, each in a folder of its own. */
export const SECRETS_PATH = '/etc/grafana/secrets';

/**
 * A reference that Grafana expands when it reads the file. It has its own type, so that plain text which looks like a reference stays text.
 * (https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#variable-expansion)
 */
export class Expansion {
  private constructor(readonly source: string) {}

  /**
   * The content of a file, without the blanks around it.
   * @param before what stands in front of it, without a dollar sign
   */
  static ofFile(path: string, before = ''): Expansion {
    return new Expansion(`${before}$__file{${path}}`);
  }

  /**
   * An environment variable.
   * @param after what follows it, without a dollar sign
   */
  static ofVariable(name: string, after = ''): Expansion {
    return new Expansion(`$__env{${name}}${after}`);
  }
}

/** A part of a provisioning file in which Grafana expands nothing: queries and annotations of alert rules. */
export class Unexpanded {
  constructor(readonly content: unknown) {}
}

/**
 * A provisioning file. In each of its texts Grafana replaces `$NAME`, `${NAME}` and `$__file{path}`, and reads `$$` as a dollar sign
 * (grafana/grafana, pkg/services/provisioning/values/values.go), so each dollar sign of a text is doubled here.
 */
export const provisioningFile = (content: object): string => toYaml(written(content));

function written(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (value instanceof Expansion) return value.source;
  if (value instanceof Unexpanded) return value.content;
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, written(part)]));
}
