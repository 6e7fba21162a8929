import { linesOf } from '../../../verbs/smoke/row';

test('the results are read from the log, and other lines are left out', () => {
  const log = [
    'wget: some warning',
    'targets\tpassed\t',
    'queue\tFAILED\t{pod="a"} => 5',
    'claims\tNOT CHECKED\tno data: x\ty',
    'unknown\tpassed\t',
    'rules\tperhaps\t',
    'constructor\tpassed\t',
    '',
  ].join('\n');
  expect(linesOf(log)).toEqual([
    { name: 'targets', verdict: 'passed', found: '' },
    { name: 'queue', verdict: 'FAILED', found: '{pod="a"} => 5' },
    { name: 'claims', verdict: 'NOT CHECKED', found: 'no data: x y' },
  ]);
});
