import { isBefore, isIn } from '../../metrics/versions';

describe('versions', () => {
  test.each([
    ['2.9.0', '2.20.0'],
    ['0.9.2', '0.10.0'],
    ['v2.0.0-rc2', '2.0.0'],
    ['1.76.0', '2.13.0'],
    ['3.16', '3.16.1'],
  ])('%s is before %s', (one, other) => {
    expect(isBefore(one, other)).toBe(true);
    expect(isBefore(other, one)).toBe(false);
  });
  test('none is before itself', () => expect(isBefore('v3.16.0', '3.16.0')).toBe(false));
  test('a metric is in its first version, and not in the one that ended it', () => {
    const between = { since: '0.10.0', until: '0.12.0' };
    expect(['0.9.2', '0.10.0', '0.11.2', '0.12.0'].map((version) => isIn(between, version))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
  test('a word is refused', () => expect(() => isBefore('latest', '1.0.0')).toThrow(/"latest" is not a version/));
});
