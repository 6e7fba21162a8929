/** Names for Kubernetes, made from any text. */
import { slug } from '../../lib/slug';

test('keeps what is a name already', () => expect(slug('on-call')).toBe('on-call'));
test('never makes one name of two texts', () => {
  const texts = [
    'On call',
    'on call',
    'on_call',
    'on--call',
    'ON-CALL',
    '警报',
    '!!!',
    'a'.repeat(60),
    'a'.repeat(61),
    '-a',
    'a-',
  ];
  const slugs = texts.map(slug);
  expect(new Set(slugs).size).toBe(texts.length);
  for (const name of slugs) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/);
});
