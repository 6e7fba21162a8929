import { render } from '../../support';

const bindingRule = (destination: string): string => {
  const found = JSON.stringify(render(`backup: {schedule: '30 2 * * *', destination: ${destination}}`));
  return /kube_persistentvolumeclaim_status_phase\{phase=[^)]*\)/.exec(found)?.[0] ?? '';
};

test('a claim with copies waits for its first run without an alert, and with one if its volume is lost', () => {
  const rule = bindingRule('{type: claim}');
  expect(rule).toMatch(/phase=\W+Pending\W+,persistentvolumeclaim!~\W+backup-\.\+/);
  expect(rule).toMatch(/ or kube_persistentvolumeclaim_status_phase\{phase=\W+Lost/);
  expect(rule.match(/backup-/g)).toHaveLength(1);
});
