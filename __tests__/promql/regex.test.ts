import { RE2JS } from 're2js';
import { patternOf } from '../../promql/regex';

const TEXTS = ['', 'a', 'b', 'ab', 'a|b', 'a-b_1', 'c', 'a\n', 'A'];

test.each(['', 'a', 'a|b', 'a||b', '|', 'a-b_1|c', 'a.', '.+', '(a|b)c?', 'a*|c'])(
  '%j fits what RE2 says',
  (pattern) => {
    const read = patternOf(pattern);
    const compiled = RE2JS.compile(`^(?s:${pattern})$`);
    expect(TEXTS.map((text) => read.ok && read.fits(text))).toEqual(TEXTS.map((text) => compiled.test(text)));
  },
);

test.each(['a**', '(a', '(?=a)'])('%j is no regular expression of RE2', (pattern) =>
  expect(patternOf(pattern).ok).toBe(false),
);
