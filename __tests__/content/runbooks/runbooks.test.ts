/** Runbooks name what their environment has: every command of every alert is held against the rendered objects. */

import type { ConfiguredAlert } from '../../../content/alerts/configured';
import { type Runbook, withoutGaps } from '../../../content/runbooks/runbook';
import { ALERT_GROUPS } from '../../../stack/alert-groups';
import { buildStack } from '../../../stack/apps';
import { allStacks, configFrom } from '../../support';
import { commandsOf, proseOf } from './commands';
import { FULLEST } from './fullest';
import { wrongWith } from './judge';
import { OTHER_NAMES } from './other-names';
import { type World, worldOf } from './world';

const environments = [
  ...allStacks(),
  ...[...OTHER_NAMES, { name: 'everything, with the longest names', text: FULLEST }].map(({ name, text }) => {
    const config = configFrom(text);
    return { name, config, stack: buildStack(config, 'unused') };
  }),
].map(({ name, config, stack }) => ({ name, config, stack, world: worldOf(config, stack) }));

const on = (alerts: readonly ConfiguredAlert[]) => alerts.filter(({ off }) => off === null);

const queriesOf = ({ check }: Runbook) => check.flatMap(({ promql }) => promql ?? []);

/** Rules about panels, which show any range and are looked at often. A query of a runbook is asked once, about the last minutes. */
const FOR_PANELS = /\n(fixed-range|open-label|nameless-selector): /;

/** What is wrong with the commands of a runbook, with the alert and the command. */
const wrongIn = (alert: string, runbook: Runbook, world: World) =>
  commandsOf(runbook).flatMap((command) => wrongWith(command, world).map((wrong) => ({ alert, command, wrong })));

describe.each(environments)('$name', ({ config, stack, world }) => {
  const { alerts, expressions } = stack.rules;
  const runbooks = on(alerts).map((alert) => ({ name: alert.definition.name, runbook: alert.runbook(stack.places) }));

  test('commands name what is there', () => {
    expect(runbooks.flatMap(({ name, runbook }) => wrongIn(name, runbook, world))).toEqual([]);
  });

  test('each has something to look at, and something to do', () => {
    const empty = runbooks.filter(({ runbook: { check, mend } }) => check.length === 0 || mend.length === 0);
    expect(empty.map(({ name }) => name)).toEqual([]);
    const checks = runbooks.flatMap(({ name, runbook }) => runbook.check.map((check) => ({ name, ...check })));
    expect(checks.filter(({ command, promql }) => (command === undefined) === (promql === undefined))).toEqual([]);
  });

  test('queries ask for metrics that somebody records', () => {
    for (const { name, runbook } of runbooks) {
      for (const promql of queriesOf(runbook)) {
        expect({ name, promql, missing: expressions.missing(promql) }).toEqual({ name, promql, missing: undefined });
        expressions.addPanel(`runbook ${name}`, promql);
      }
    }
    expect(stack.rules.expressions.panelProblems().filter((problem) => !FOR_PANELS.test(problem))).toEqual([]);
  });

  test('queries name jobs and claims that are there', () => {
    const wrong = runbooks.flatMap(({ name, runbook }) =>
      queriesOf(runbook).flatMap((promql) =>
        [...promql.matchAll(/\b(job|persistentvolumeclaim)(=~?)"([^"]*)"/g)]
          .filter(([, , , value = '']) => value !== 'JOB')
          .filter(([, label, operator, value = '']) => {
            const pattern = operator === '=' ? { test: (text: string) => text === value } : new RegExp(`^(${value})$`);
            return !(label === 'job' ? [...world.jobs] : world.claims).some((found) => pattern.test(found));
          })
          .map(([matcher]) => ({ name, promql, matcher })),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('alerts that they refer to are on', () => {
    const withoutSource = alerts.filter(
      ({ off, definition: { name } }) => off !== null && config.alerts.rules[name]?.enabled !== false,
    );
    const off = new Set(withoutSource.map(({ definition }) => definition.name));
    const wrong = runbooks.flatMap(({ name, runbook }) =>
      proseOf(runbook)
        .flatMap((text) => text.match(/\b(?:[A-Z][a-z]+){2,}\b/g) ?? [])
        .filter((word) => off.has(word))
        .map((refersTo) => ({ name, refersTo })),
    );
    expect(wrong).toEqual([]);
  });

  test('the namespaces and names of other environments are not in them', () => {
    const text = runbooks.flatMap(({ runbook }) => [...commandsOf(runbook), ...proseOf(runbook)]).join('\n');
    const names = ['jan-monitoring', 'jan-server', 'jaeger-data', 'service/jaeger '].filter((name) => {
      const own = [config.namespace, config.janServer?.namespace, config.janServer?.application, ...world.claims];
      return !own.includes(name) && !(name === 'service/jaeger ' && config.jaeger.store.type === 'badger');
    });
    expect(names.filter((name) => text.includes(name))).toEqual([]);
  });
});

test('every alert is on somewhere here, so that each runbook is seen', () => {
  const seen = new Set(
    environments.flatMap(({ stack }) => on(stack.rules.alerts).map(({ definition }) => definition.name)),
  );
  const all = ALERT_GROUPS.flatMap(({ alerts }) => alerts.map(({ name }) => name));
  expect(all.filter((name) => !seen.has(name))).toEqual([]);
});

test('the pages of docs/ name what the default environment has', () => {
  const found = environments.find(({ name }) => name === 'development');
  if (found === undefined) throw new Error('no environment development');
  const wrong = ALERT_GROUPS.flatMap(({ alerts }) => alerts).flatMap((alert) => {
    const draft = alert.runbook(found.stack.places, alert.threshold?.value ?? 0, () => true);
    return wrongIn(
      alert.name,
      withoutGaps(draft, () => false),
      found.world,
    );
  });
  expect(wrong).toEqual([]);
});
