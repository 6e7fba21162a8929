/** The choice of pods: links between dashboards keep the variables of one name. */
import { files } from '../dashboard-files';

test('a variable of pods that two dashboards have is of the same pods', () => {
  const choices = files('janServer: {}').flatMap(({ file: { templating } }) =>
    templating.list.flatMap(({ name, definition, query }) => {
      const asked = definition ?? (typeof query === 'object' ? query.query : query);
      return /, *pod\)$/.test(asked) ? [{ name, asked }] : [];
    }),
  );
  expect(choices.length).toBeGreaterThan(1);
  const mixed = [...new Set(choices.map(({ name }) => name))].filter(
    (name) => new Set(choices.filter((one) => one.name === name).map(({ asked }) => asked)).size > 1,
  );
  expect(mixed).toEqual([]);
});
