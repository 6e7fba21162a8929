/** Test data of the programs' own sources, as the lab has them for building: an input to look at, never a copy. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../../../lab/commands';
import { unquoted } from '../../../promql/go-literals';
import { ROOT } from '../../support';

/** The folder of a Go module's sources, at the version that a tool's go.mod pins. Go downloads and verifies what its cache lacks. */
export async function moduleFolder(tool: string, path: string): Promise<string> {
  const answer = await must('go', ['mod', 'download', '-json', path], { cwd: join(ROOT, 'lab/tools', tool) });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

const LITERAL = /\b(?:input|query|expr)\s*:\s*("(?:\\.|[^"\\\n])*"|`[^`]*`)/g;
const EVALUATION = /^eval\w*\s+(?:instant at \S+|range from \S+ to \S+ step \S+)\s+(.+)$/gm;

/** Expressions, right and wrong, that Prometheus tests its parser and its engine with. */
export async function prometheusExpressions(): Promise<readonly string[]> {
  const promql = join(await moduleFolder('prometheus', 'github.com/prometheus/prometheus'), 'promql');
  const ofParser = readFileSync(join(promql, 'parser/parse_test.go'), 'utf8').matchAll(LITERAL);
  const tests = join(promql, 'promqltest/testdata');
  const ofEngine = readdirSync(tests).flatMap((file) => [
    ...readFileSync(join(tests, file), 'utf8').matchAll(EVALUATION),
  ]);
  const found = [...[...ofParser].map(([, literal = '']) => unquoted(literal)), ...ofEngine.map(([, expr]) => expr)];
  return [...new Set(found.flatMap((expr) => expr ?? []))].filter((expr) => expr.length < 5000);
}
