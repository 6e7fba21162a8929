import type { Check, Runbook } from './runbook';

/** The head of a runbook: the settings of the alert, by default or in an environment. */
export interface PageHead {
  readonly severity: string;
  /** Value of the label `owner`. */
  readonly owner: string;
  /** How long the condition must hold before the alert fires. */
  readonly for: string;
  /** Undefined: the alert has no threshold. */
  readonly threshold?: { readonly value: number; readonly unit: string } | undefined;
}

/** An alert's page, as Markdown without its heading: meaning, impact, diagnosis, fix. */
export function runbookText(head: PageHead, { meaning, impact, check, mend }: Runbook): string {
  const { severity, owner, for: lasts, threshold } = head;
  const number = threshold === undefined ? '' : ` Threshold: ${threshold.value} ${threshold.unit}.`;
  return [
    `Severity ${severity}, owner ${owner}, fires after ${lasts}.${number}`,
    section('Meaning', meaning),
    section('Impact', impact),
    section('Check', check.map(checkItem).join('\n\n')),
    section('Fix', mend.map((step, index) => `${index + 1}. ${step}`).join('\n')),
  ].join('\n\n');
}

const section = (title: string, text: string) => `## ${title}\n\n${text}`;

function checkItem({ look, command, promql }: Check): string {
  const block = (language: string, code: string | undefined) =>
    code === undefined ? [] : [`\`\`\`${language}\n${code}\n\`\`\``];
  return [look, ...block('bash', command), ...block('promql', promql)].join('\n\n');
}
