/** Reads the commands of a runbook, as far as runbooks use a shell. */

import type { Runbook } from '../../../content/runbooks/runbook';

/** A command without its pipes: its words, the first of which is the program. */
export type Words = readonly [program: string, ...rest: string[]];

/** Everything in a runbook that people read. */
export const proseOf = ({ meaning, impact, check, mend }: Runbook) => [
  meaning,
  impact,
  ...mend,
  ...check.map(({ look }) => look),
];

/** Every command of a runbook. */
export const commandsOf = (runbook: Runbook) => [
  ...runbook.check.flatMap(({ command }) => command ?? []),
  ...proseOf(runbook).flatMap(commandsIn),
];

/** Commands in a text of Markdown: the spans of code that begin with a program. */
const commandsIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code).filter((code) => PROGRAM.test(code));
const PROGRAM = /^([A-Z]+=\S+ )*(kubectl|make|npm|curl|helm|docker|for) /;

/** The commands of a line: loops are unrolled, pipes and lists are cut apart. */
export function commandsOfLine(line: string): Words[] {
  const loop = /^for (\w+) in ([^;]+); do (.+); done$/.exec(line);
  if (loop !== null) {
    const [, variable, values = '', body = ''] = loop;
    return values.split(' ').flatMap((value) => commandsOfLine(body.replaceAll(`$${variable}`, value)));
  }
  return splitAt(wordsOf(line.replace(/ # .*$/, '')), ['|', '&&', ';']);
}

/** The same, where what follows `kubectl run … --` is a command of its own. */
export const simpleCommands = (line: string): Words[] =>
  commandsOfLine(line).flatMap((words) => splitAt(words, ['--']));

/** Words of a POSIX shell: quotes are taken off, and operators are words of their own. */
function wordsOf(line: string): string[] {
  const found = line.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"|;&]|&(?!&))+|\||&&|;/g) ?? [];
  return found.map((word) => word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"/g, (_, single, double) => single ?? double));
}

function splitAt(words: readonly string[], operators: readonly string[]): Words[] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (operators.includes(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((part): part is [string, ...string[]] => part.length > 0);
}

/** A kubectl command, taken apart. */
export interface Kubectl {
  /** As `rollout restart`. */
  readonly verb: string;
  readonly operands: readonly string[];
  /** Flags by their name without dashes; one without a value has an empty one. */
  readonly flags: ReadonlyMap<string, string>;
}

const WITH_VALUE = new Set(['n', 'l', 'o', 'c']);
const LONG_WITH_VALUE = new Set(['patch-file', 'image']);
const TWO_WORDS = new Set(['rollout', 'auth', 'create', 'top']);

/** Takes a kubectl command apart. */
export function kubectlOf([, ...words]: Words): Kubectl {
  const flags = new Map<string, string>();
  const operands: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [, dashes = '', name = '', , value] = /^(--?)([\w-]+)(=(.*))?$/.exec(word) ?? [];
    if (dashes === '') operands.push(word);
    else if (value !== undefined) flags.set(name, value);
    else if (dashes === '-' ? WITH_VALUE.has(name) : LONG_WITH_VALUE.has(name)) {
      index += 1;
      flags.set(name, words[index] ?? '');
    } else flags.set(name, '');
  }
  const verbWords = TWO_WORDS.has(operands[0] ?? '') ? 2 : 1;
  return { verb: operands.slice(0, verbWords).join(' '), operands: operands.slice(verbWords), flags };
}
