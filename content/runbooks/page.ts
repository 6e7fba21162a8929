import type { AlertDefinition } from '../alerts/alert';

/** An alert's page, as Markdown without its heading: what it means, what it does, how to see what is the matter, how to mend it. */
export function runbookText({ severity, owner, for: lasts, threshold, runbook }: AlertDefinition): string {
  const { meaning, impact, check, mend } = runbook;
  const number = threshold === undefined ? '' : ` Threshold: ${threshold.value} ${threshold.unit}.`;
  return [
    `Severity ${severity}, owner ${owner}, fires after ${lasts}.${number}`,
    section('Meaning', meaning),
    section('Impact', impact),
    section('Check', check.map(checkItem).join('\n\n')),
    section('Mend', mend.map((step, index) => `${index + 1}. ${step}`).join('\n')),
  ].join('\n\n');
}

const section = (title: string, text: string) => `## ${title}\n\n${text}`;

function checkItem({ look, command, promql }: AlertDefinition['runbook']['check'][number]): string {
  const block = (language: string, code: string | undefined) =>
    code === undefined ? [] : [`\`\`\`${language}\n${code}\n\`\`\``];
  return [look, ...block('bash', command), ...block('promql', promql)].join('\n\n');
}
