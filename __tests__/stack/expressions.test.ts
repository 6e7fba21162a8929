import { buildStack } from '../../stack/apps';
import { loadEnvironments } from '../../stack/load';
import { configFrom, fixtures, ROOT } from '../support';

const own = loadEnvironments(ROOT).map((config) => ({ name: config.environment, config }));
const others = fixtures().map(({ name, text }) => ({ name, config: configFrom(text) }));

/** A render does not check our own panels: this does. */
test.each([...own, ...others])('no query of a panel of $name is wrong', ({ config }) => {
  const { rules } = buildStack(config, '');
  expect(rules.expressions.panelProblems()).toEqual([]);
});
