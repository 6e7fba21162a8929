/** How our dashboards look: what a person sees on the first screen, what variables filter, what colours and texts mean. */

import { configFrom } from '../../support';
import { allOn, type File, files, PRICES, panelsOf } from './dashboard-files';
import { layoutProblems, lookProblems, unevenLines, unfiltered } from './look';

const VLLM = 'vllm: {namespace: jan, podLabels: {app: vllm}}\n';
const { catalogue } = allOn(configFrom(`janServer: {}\n${VLLM}`)).expressions;

const cases = [`janServer: {}\n${VLLM}${PRICES}`, 'janServer: null'].flatMap((text) =>
  files(text).map(({ file }): [string, File] => [`${file.uid} (${text.split('\n')[0]})`, file]),
);

describe.each(cases)('%s', (_name, file) => {
  test('answers on the first screen, and is no wall', () => expect(layoutProblems(file)).toEqual([]));

  test('has stats of one width', () => expect(unevenLines(file)).toEqual([]));

  test('has variables that filter everything with their label', () => expect(unfiltered(file, catalogue)).toEqual([]));

  test('has panels whose units, colours, legends and empty states have a meaning', () =>
    expect(panelsOf(file).flatMap(lookProblems)).toEqual([]));

  test('has its links and switches in sight', () => expect(JSON.stringify(file)).not.toContain('inControlsMenu'));

  test('marks where something begins, not how long it lasts', () => {
    const alerts = file.annotations.list.filter(({ target: { expr } }) => expr.includes('ALERTS'));
    for (const { target } of alerts) expect(target.expr).toMatch(/unless .*offset \$__interval/);
  });
});
