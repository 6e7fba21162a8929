/** What is printed of each finding. */
import { marked } from '../marked';
import type { LintedFile, LintFinding, LintItem } from './file';

/** Each rule and query with findings: its place in the file, and the expression with the spot marked. */
export function findingsReport(files: readonly LintedFile[]): string {
  return files
    .flatMap((linted) =>
      'unreadable' in linted
        ? [`${linted.file}\n  ${linted.unreadable}`]
        : [
            ...linted.form.map((problem) => `${linted.file}\n  error\n    ${problem}`),
            ...linted.items.flatMap((item) => itemReport(linted.file, item)),
          ],
    )
    .join('\n\n');
}

/** What a panel depends on is printed in the totals only: most panels of a dashboard depend on the same. */
function itemReport(file: string, item: LintItem): readonly string[] {
  const { kind, name, path, findings } = item;
  const shown = findings.filter(({ finding }) => kind !== 'query' || finding.level !== 'depends');
  if (shown.length === 0) return [];
  const title = `${file}\n${kind === 'query' ? 'panel' : kind} "${name}", ${path}`;
  return [
    [title, ...shown.map((found) => findingReport(found, kind === 'query' || found.field === 'expr'))].join('\n'),
  ];
}

function findingReport({ field, text, finding }: LintFinding, inExpression: boolean): string {
  const head = inExpression ? finding.level : `${finding.level} in ${field}`;
  return [
    `  ${head}`,
    ...marked(text, finding)
      .split('\n')
      .map((line) => `    ${line}`),
  ].join('\n');
}

/** Whether anything is an error: the command ends with 1 then. */
export const hasErrors = (files: readonly LintedFile[]): boolean =>
  files.some(
    (linted) =>
      'unreadable' in linted || linted.form.length > 0 || linted.items.some(({ findings }) => findings.some(isError)),
  );

const isError = ({ finding }: LintFinding): boolean => finding.level === 'error';
