import { say } from '../terminal';
import { checkPart, type Row } from './row';

/**
 * Prints the rows: check, verdict and what was found, and below those that did not pass, the cause and the next step.
 * @param skipped checks that `smokeTest.skip` leaves out: they are named, because they are not passed
 */
export function printRows(rows: readonly Row[], skipped: readonly string[], format: 'table' | 'json'): void {
  if (format === 'json') {
    say(JSON.stringify({ rows, skipped }, null, 2));
    return;
  }
  const widths = [Math.max(...rows.map(({ check }) => check.length)), 'NOT CHECKED'.length] as const;
  say();
  for (const { check, verdict, found, finding } of rows) {
    const cells = [check.padEnd(widths[0]), verdict.padEnd(widths[1]), finding === undefined ? found : ''];
    say(`  ${cells.join('  ')}`.trimEnd());
    if (finding === undefined) continue;
    const indent = ' '.repeat(widths[0] + 4);
    if (found !== '' && !finding.cause.includes(found)) say(`${indent}found  ${found}`);
    // The cause may be another object: a program that the check needs.
    const isOther = !finding.part.startsWith(checkPart('')) && finding.part !== check;
    say(`${indent}cause  ${isOther ? `${finding.part}: ` : ''}${finding.cause}`);
    say(`${indent}next   ${finding.next}`);
    say(`${indent}more   docs/troubleshooting.md#${finding.id}`);
  }
  say();
  if (skipped.length > 0) say(`Left out by smokeTest.skip, and therefore unknown: ${skipped.join(', ')}.`);
  const failed = rows.filter(({ verdict }) => verdict !== 'passed').length;
  say(failed === 0 ? `All ${rows.length} checks passed.` : `${failed} of ${rows.length} checks did not pass.`);
}
