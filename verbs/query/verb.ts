import { columns } from '../columns';
import type { Commands } from '../commands';
import { chooseCluster, commandsOf } from '../context';
import { desiredState } from '../doctor/desired-state';
import { expectedOf } from '../expected';
import { whileForwarded } from '../short-forward';
import { say, VerbError } from '../terminal';
import type { VerbInput } from '../up';
import { type Answer, ask, queryProblem } from './prometheus';
import { resultRows } from './result';
import { spanRows, traceOf } from './trace';

/**
 * `monitor-query`: asks the stack's Prometheus (`Q`), or shows a trace of Jaeger (`TRACE`).
 * @returns whether there was an answer; one without results is an answer
 * @throws VerbError if neither is given, or Prometheus refuses the expression, or Jaeger does not have the trace
 */
export async function query({ root, config, settings, signal }: VerbInput): Promise<boolean> {
  const { query: expression, trace, format } = settings;
  if ((expression === null) === (trace === null))
    throw new VerbError([nothingAsked(commandsOf(settings, settings.context))]);
  const { kubectl } = await chooseCluster(root, settings);
  const { namespace, places } = desiredState(expectedOf(config), kubectl.commands);
  const { service, port } = expression === null ? places.jaegerReader : places.prometheus;
  return whileForwarded(kubectl, { namespace, service, port }, signal, async (address) => {
    if (expression !== null) printAnswer(expression, await ask(address, expression, signal), format);
    else {
      const found = await traceOf(address, trace ?? '', signal);
      print(found, spanRows(found), format);
    }
    return true;
  });
}

const nothingAsked = ({ make }: Commands) => ({
  what: 'monitor-query needs one of Q and TRACE.',
  fix: `${make('monitor-query', 'Q=up')}, or ${make('monitor-query', 'TRACE=4bf92f3577b34da6a3ce929d0e0e4736')}`,
});

/** Warnings go to standard error, so that JSON on standard output stays JSON. */
function printAnswer(expression: string, answer: Answer, format: 'table' | 'json'): void {
  if (answer.status === 'error') throw new VerbError([queryProblem(expression, answer)]);
  for (const warning of [...(answer.warnings ?? []), ...(answer.infos ?? [])]) process.stderr.write(`${warning}\n`);
  const rows = resultRows(answer.data);
  if (rows.length === 0) process.stderr.write('No result: no series matches now.\n');
  print(answer.data, rows, format);
}

function print(value: unknown, rows: readonly (readonly string[])[], format: 'table' | 'json'): void {
  for (const line of format === 'json' ? [JSON.stringify(value, null, 2)] : columns(rows)) say(line);
}
