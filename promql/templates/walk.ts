/** Walks a template. */
import type { Command, Operand, Part, Pipeline, Template } from './ast';

/** A command, and its place. */
export interface Found {
  readonly command: Command;
  /** The command whose result it gets as its last argument. */
  readonly before: Command | undefined;
  /** Whether the dot is what the template was called with: `.Labels` are those of the alert. */
  readonly isRoot: boolean;
  /** Whether its braces hold nothing else, so that its result is printed. */
  readonly isAlone: boolean;
}

/** Every command of a template, in the order of the text. */
export const commandsOf = ({ parts, defined }: Template): readonly Found[] => [
  ...parts.flatMap((part) => ofPart(part, true)),
  ...[...defined.values()].flat().flatMap((part) => ofPart(part, false)),
];

function ofPart(part: Part, isRoot: boolean): readonly Found[] {
  switch (part.kind) {
    case 'text':
    case 'jump':
      return [];
    case 'action':
      return ofPipeline(part.pipeline, isRoot, part.pipeline.commands.length === 1);
    case 'template':
      return part.pipeline === undefined ? [] : ofPipeline(part.pipeline, isRoot, false);
    default:
      return [
        ...ofPipeline(part.pipeline, isRoot, false),
        ...part.then.flatMap((inner) => ofPart(inner, isRoot && part.kind === 'if')),
        ...part.otherwise.flatMap((inner) => ofPart(inner, isRoot)),
      ];
  }
}

function ofPipeline({ commands, declares }: Pipeline, isRoot: boolean, isAlone: boolean): readonly Found[] {
  return commands.flatMap((command, index) => [
    {
      command,
      before: commands[index - 1],
      isRoot,
      isAlone: isAlone && declares.length === 0 && command.operands.length === 1,
    },
    ...command.operands.flatMap(({ pipeline }) => (pipeline === undefined ? [] : ofPipeline(pipeline, isRoot, false))),
  ]);
}

/** Names of the templates that a template calls. */
export const calledBy = ({ parts, defined }: Template): readonly (Part & { kind: 'template' })[] =>
  [...parts, ...[...defined.values()].flat()].flatMap(callsIn);

function callsIn(part: Part): readonly (Part & { kind: 'template' })[] {
  if (part.kind === 'template') return [part];
  return 'then' in part ? [...part.then, ...part.otherwise].flatMap(callsIn) : [];
}

/** The path of an operand from the data of the alert, as `Labels.job`; undefined where it is none. */
export function dataPath({ kind, text, fields }: Operand, isRoot: boolean): readonly string[] | undefined {
  if (kind === 'field') return isRoot ? [text.slice(1), ...fields] : undefined;
  if (kind !== 'variable') return undefined;
  if (text === '$') return fields;
  const own = VARIABLES[text];
  return own === undefined ? undefined : [own, ...fields];
}

/** The fields that the variables of Prometheus are shorthands for. */
const VARIABLES: Readonly<Record<string, string>> = {
  $labels: 'Labels',
  $value: 'Value',
  $externalLabels: 'ExternalLabels',
  $externalURL: 'ExternalURL',
};
