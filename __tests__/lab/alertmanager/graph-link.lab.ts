/** Notifications link to the graph of an alert at its time: our templates, filled in by the real Alertmanager's amtool. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, programPath } from '../../../lab/cache';
import { must } from '../../../lab/commands';
import { configFile, render } from '../../support';

interface Config {
  readonly receivers: readonly {
    readonly slack_configs?: readonly { readonly text: string }[];
    readonly pagerduty_configs?: readonly { readonly links: readonly { readonly href: string }[] }[];
  }[];
}

const SETTINGS = {
  receivers: [
    { type: 'slack', name: 's', urlSecret: { name: 'a', key: 'b' } },
    { type: 'pagerduty', name: 'p', routingKeySecret: { name: 'a', key: 'b' } },
  ],
  routes: { critical: ['s', 'p'] },
};
const { receivers } = configFile<Config>(
  render(`alertmanager: ${JSON.stringify(SETTINGS)}`),
  'alertmanager-config',
  'alertmanager.yaml',
);
const slack = receivers.flatMap(({ slack_configs: configs = [] }) => configs.map(({ text }) => text))[0] ?? '';
const pagerduty = receivers.flatMap(({ pagerduty_configs: configs = [] }) =>
  configs.flatMap(({ links }) => links.map(({ href }) => href)),
);

const BEGAN = Date.parse('2026-11-26T03:00:00Z');
const FROM = BEGAN - 3_600_000;
const ENDED = BEGAN + 600_000;

const RUNBOOK = 'https://grafana.example.com/d/runbook-A';
const PANEL = 'https://grafana.example.com/d/nodes?viewPanel=panel-7&var-node=a+b';

const alertOf = (annotations: Readonly<Record<string, string>>, isOver = false) => ({
  status: isOver ? 'resolved' : 'firing',
  labels: { alertname: 'A' },
  annotations: { summary: 'It happened', ...annotations },
  startsAt: new Date(BEGAN).toISOString(),
  endsAt: isOver ? new Date(ENDED).toISOString() : '0001-01-01T00:00:00Z',
});

/** A template, filled in for a group of alerts. */
async function filledIn(template: string, ...alerts: readonly object[]): Promise<string> {
  const folder = ownFolder('template-');
  try {
    const [data, none] = ['data.json', 'none.tmpl'].map((name) => join(folder, name)) as [string, string];
    writeFileSync(data, JSON.stringify({ receiver: 'r', status: 'firing', alerts }));
    writeFileSync(none, '');
    const args = ['template', 'render', `--template.glob=${none}`, `--template.data=${data}`];
    return (await must(programPath('amtool'), [...args, `--template.text=${template}`])).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a message to Slack has the graph of each alert, from an hour before it began', async () => {
  const alerts = [alertOf({ runbook_url: RUNBOOK, dashboard_url: PANEL }), alertOf({ dashboard_url: PANEL }, true)];
  expect(await filledIn(slack, ...alerts)).toBe(
    `It happened <${RUNBOOK}|runbook> <${PANEL}&from=${FROM}&to=now|graph>\nIt happened <${PANEL}&from=${FROM}&to=${ENDED}|graph>`,
  );
});

test('an alert without a panel has no graph', async () => {
  expect(await filledIn(slack, alertOf({}))).toBe('It happened');
  for (const href of pagerduty) expect(await filledIn(href, alertOf({}))).toBe('');
});

test('an incident of PagerDuty has the graph and the runbook of its first alert', async () => {
  const alerts = [alertOf({ runbook_url: RUNBOOK, dashboard_url: PANEL }), alertOf({})];
  const links = await Promise.all(pagerduty.map((href) => filledIn(href, ...alerts)));
  expect(links).toEqual([`${PANEL}&from=${FROM}&to=now`, RUNBOOK]);
});

test("a user's address without a question mark gets one", async () => {
  const url = 'https://grafana.example.com/d/shop';
  expect(await filledIn(slack, alertOf({ dashboard_url: url }))).toBe(`It happened <${url}?from=${FROM}&to=now|graph>`);
});
