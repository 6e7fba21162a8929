import { buildStack } from '../../stack/apps';
import { chartsOf, configFrom, fixtures } from '../support';

// dist/ is the snapshot of the project's own environments: project/generated.test.ts compares it.
describe.each(fixtures())('$name', ({ text }) => {
  test.each(chartsOf(buildStack(configFrom(text), 'unused')))('%s', (_file, yaml) => {
    expect(yaml).toMatchSnapshot();
  });
});
