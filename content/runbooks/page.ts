import type { Check, Runbook } from './runbook';

/** What stands above a runbook: how an alert is set, by default or in an environment. */
export interface PageHead {
  readonly severity: string;
  /** Value of the label `owner`. */
  readonly owner: string;
  /** How long it must last before it fires. */
  readonly for: string;
  /** Undefined: it compares with no number. */
  readonly threshold?: { readonly value: number; readonly unit: string } | undefined;
}

/** An alert's page, as Markdown without its heading: what it means, what it does, how to see what is the matter, how to mend it. */
export function runbookText(head: PageHead, { meaning, impact, check, mend }: Runbook): string {
  const { severity, owner, for: lasts, threshold } = head;
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

function checkItem({ look, command, promql }: Check): string {
  const block = (language: string, code: string | undefined) =>
    code === undefined ? [] : [`\`\`\`${language}\n${code}\n\`\`\``];
  return [look, ...block('bash', command), ...block('promql', promql)].join('\n\n');
}
