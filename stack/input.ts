import { explain } from '../config/explain';
import type { Checked } from '../config/files/parse';
import { type LineIndex, NO_LINES } from '../config/yaml-file';
import { withCapacity } from './capacity/apply';
import { environmentSchema, type Settings } from './settings';
import { checkSettings } from './settings-checks';

/**
 * Checks and completes the content of an environment file.
 * @param file its name, for error messages
 * @param lines line numbers of its keys. @default - none
 */
export function readSettingsOf(file: string, content: unknown, lines: LineIndex = NO_LINES): Checked<Settings> {
  const result = environmentSchema.safeParse(content);
  if (!result.success)
    return { ok: false, problems: explain(result.error.issues, { file, schema: environmentSchema, content, lines }) };
  const settings = withCapacity(result.data, content);
  const problems = checkSettings(settings).map((problem) => ({
    file,
    ...problem,
    line: lines.lineOf(problem.path.split(/[.[\]]+/)),
  }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: settings };
}
