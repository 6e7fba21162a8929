/** Says what a command names that an environment does not have. */
import { DEFAULT_ENVIRONMENT } from '../../../config/verb-settings';
import { kubectlOf, simpleCommands, type Words } from './commands';
import { wrongWithKubectl } from './kubectl';
import type { World } from './world';

/** What is wrong with a line. */
export const wrongWith = (line: string, world: World): string[] =>
  simpleCommands(line).flatMap((words) => wrongWithWords(words, line, world));

function wrongWithWords(words: Words, line: string, world: World): string[] {
  const [program, ...rest] = words;
  const variable = /^([A-Z_]+)=(.*)$/.exec(program);
  if (variable !== null) {
    const [, , value] = variable;
    const [next = '', ...others] = rest;
    return [
      ...(variable[1] === 'ENVIRONMENT' && value !== world.environment
        ? [`the environment is ${world.environment}`]
        : []),
      ...wrongWithWords([next, ...others], line, world).filter((wrong) => !wrong.startsWith(SAYS_NONE)),
    ];
  }
  if (program === 'kubectl') return wrongWithKubectl(kubectlOf(words), line, world);
  if (program === 'make') return wrongWithMake(rest, world);
  if (program === 'npm') return wrongWithNpm(rest, world);
  return rest.flatMap((word) => wrongHost(word, world));
}

const SAYS_NONE = 'it says no ENVIRONMENT';
const saysNone = ({ environment }: World): string[] =>
  environment === DEFAULT_ENVIRONMENT ? [] : [`${SAYS_NONE}, and this is ${environment}`];

function wrongWithMake([target = '', ...given]: string[], world: World): string[] {
  const said = given.find((word) => word.startsWith('ENVIRONMENT='))?.slice('ENVIRONMENT='.length);
  const unknown = world.makeTargets.has(target) ? [] : [`the Makefile has no ${target}`];
  if (said === undefined) return [...unknown, ...saysNone(world)];
  return said === world.environment ? unknown : [...unknown, `the environment is ${world.environment}`];
}

function wrongWithNpm(words: string[], world: World): string[] {
  const script = words.filter((word) => !word.startsWith('-') && word !== 'run' && word !== '>')[0] ?? '';
  return [
    ...(world.npmScripts.has(script) ? [] : [`package.json has no script ${script}`]),
    ...(script === 'connect' && !world.hasJanServer ? ['connect needs a Jan Server, and there is none'] : []),
    ...saysNone(world),
  ];
}

/** A URL of a Service in a foreign namespace. */
function wrongHost(word: string, { foreign }: World): string[] {
  const host = /^http:\/\/([\w.-]+)/.exec(word)?.[1];
  if (host === undefined) return [];
  const applications = [...foreign.values()].map(({ application }) => application);
  return applications.some((application) => application !== null && host.startsWith(`${application}-`))
    ? []
    : [`no Service ${host}: Jan Server's begin with ${applications.join(', ')}-`];
}
