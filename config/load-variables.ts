import { existsSync, lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { readNamed } from './files/folder';
import { ConfigError, showValue } from './problems';
import { readVariables, type Variables } from './variables';

/** Files of variables that are read if they exist, the first one first. */
const VARIABLE_FILES = ['.env.local', '.env.docker'];

/**
 * The variables of the Docker Compose stack.
 * @param root the project's folder
 * @param environment variables of the process; `ENV_FILE` names a file that replaces .env.local and .env.docker
 * @throws ConfigError if a value is invalid, or the file that is named does not exist
 */
export function loadVariables(root: string, environment: Readonly<Record<string, string | undefined>>): Variables {
  const named = environment.ENV_FILE ?? '';
  if (named !== '' && !existsSync(resolve(root, named))) {
    const problem = {
      path: 'ENV_FILE',
      value: showValue(named),
      allowed: 'a file that exists',
      fix: `create ${named}`,
    };
    throw new ConfigError([{ file: 'the environment of the process', ...problem }]);
  }
  const files = (named === '' ? VARIABLE_FILES : [named]).filter(
    (file) => lstatSync(resolve(root, file), { throwIfNoEntry: false }) !== undefined,
  );
  const texts = files.map((name) => ({ name, text: readNamed(name, resolve(root, name), name === named) }));
  const problems = texts.flatMap(({ text }) => (text.ok ? [] : text.problems));
  if (problems.length > 0) throw new ConfigError(problems);
  return readVariables(
    texts.flatMap(({ name, text }) => (text.ok ? [{ name, text: text.value }] : [])),
    environment,
  );
}
