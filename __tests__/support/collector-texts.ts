/** Names, paths, URLs and keys of attributes: usual ones, and ones that look like them and hold an identifier. The same in each run. */
import fc from 'fast-check';

/** The seed of all texts. */
const SEED = 19;

/** As many texts of a kind, the same each time. */
export const sample = (texts: fc.Arbitrary<string>, count: number): readonly string[] =>
  fc.sample(texts, { numRuns: count, seed: SEED });

const some = (letters: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), minLength, maxLength });

const HEX = 'abcdefABCDEF';
const OTHER = 'gkmnopstuvxyzGKMZ';
const DIGITS = '0123456789';

const WORDS =
  'v1 v2 api chat models completions conversations Handler healthz k8s users Create feed cafe facade GET POST'.split(
    ' ',
  );
const PARAMETERS = [':id', ':conv_public_id', '{id}', '{item-id}', '*path', '<id>', '<int:id>', ':', '*', '{'];
const IDENTIFIERS = [
  'conv_ab12',
  'msg_01',
  'rts_nope12345',
  'resp_x9',
  'alice@example.com',
  'a@b',
  '%40',
  'a%20b',
  'a%b',
  '2026-11-26',
  'dead-beef-cafe',
  'deadbeef-dead-beef-cafe-deadbeefcafe',
  'deadbeefcafebabe',
  '9f86d081884c7d65',
  'qwen-8b',
  'jan-v1-4b',
  'wp-login.php',
];

/** Words at the limits of the patterns: letters that may be hexadecimal digits, letters that may not, digits. */
const atLimits = fc
  .oneof(
    fc.tuple(some(HEX, 0, 5), some(OTHER, 0, 1), some(HEX + OTHER, 0, 19), some(DIGITS, 0, 5)),
    fc.tuple(some(HEX, 2, 4), some(OTHER, 1, 1), some(HEX + OTHER, 12, 18), some(DIGITS, 0, 1)),
  )
  .map((parts) => parts.join(''));

/** Short words of hexadecimal digits, which may be as long as a UUID together. */
const hexWords = fc
  .tuple(some(OTHER, 0, 1), some(HEX, 8, 9), fc.array(some(HEX, 3, 5), { minLength: 3, maxLength: 8 }))
  .map(([first, second, more]) => [`${first}${second}`, ...more].join('-'));

const piece = fc.oneof(
  { weight: 24, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 5, arbitrary: fc.constantFrom(...PARAMETERS) },
  { weight: 2, arbitrary: fc.constantFrom(...IDENTIFIERS) },
  { weight: 4, arbitrary: atLimits },
  { weight: 2, arbitrary: hexWords },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: some(HEX + DIGITS, 3, 24) },
  { weight: 1, arbitrary: some(HEX + OTHER + DIGITS, 1, 25) },
  { weight: 1, arbitrary: some(DIGITS, 1, 6) },
  { weight: 1, arbitrary: fc.constantFrom('é', '\n', '\\', '"', '+', '~', '', '$0', '[x]') },
);

/** Pieces with signs between them. */
const joined = (signs: readonly string[], most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.constantFrom(...signs), piece), { minLength: 1, maxLength: most })
    .map((parts) => parts.map(([sign, text], index) => (index === 0 ? text : sign + text)).join(''));

const segment = joined(['-', '_', '.', ':', '~', '', '{', '}'], 2);
const query = fc.constantFrom('?token=1', '#part', '?', '#', '?a=b@c', ' ?x');
const sometimes = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 7, arbitrary: fc.constant('') }, { weight: 1, arbitrary: text });

/** Paths and routes. */
export const paths: fc.Arbitrary<string> = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), sometimes(query))
  .map(([segments, end]) => `/${segments.join('/')}${end}`);

const method = fc.constantFrom('GET ', 'POST ', 'DELETE ', 'HTTP ', '');

/** Names of spans. */
export const names: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(method, paths).map((parts) => parts.join('')),
  joined([' ', '.', '-', '_', ':', '(', ') ', ',', '<', '', '/', '@', ' #'], 4),
);

const host = fc.constantFrom(
  'jan.example',
  '10.0.0.9',
  'llm-api.jan.svc',
  'localhost',
  '[::1]',
  'UP.Example',
  '20261126.example',
  '',
);
const user = fc.constantFrom('alice@', 'alice:secret@', '@', ':@');
const port = fc.constantFrom('', '', ':8080', ':0', ':');
const scheme = fc.constantFrom('http://', 'https://', 'https://', 'ftp://', 'http:', '//');

/** Values of `url.full` and `http.target`. */
export const urls: fc.Arbitrary<string> = fc.oneof(
  paths,
  fc.tuple(scheme, sometimes(user), host, port, fc.oneof(paths, fc.constant(''))).map((parts) => parts.join('')),
);

/** Keys made of parts of other keys, in any order. */
export const keysOf = (known: readonly string[]): fc.Arbitrary<string> => {
  const parts = [...new Set(known.flatMap((key) => key.split('.')))];
  const part = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...parts) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('0', 'id', 'x', 's', 'socket', 'header', 'parameter', 'Message', 'content\n'),
    },
  );
  const made = fc.array(part, { minLength: 1, maxLength: 4 }).map((words) => words.join('.'));
  const whole = fc.constantFrom(...known);
  const below = fc.tuple(whole, part).map((words) => words.join('.'));
  const changed = fc
    .tuple(
      fc.constantFrom('', '', 'x', 'x.', '.', 'chat.', 'messages.'),
      whole,
      fc.constantFrom('', '', 's', '.', '.0', '.content', '_id', '\n'),
    )
    .map((words) => words.join(''));
  const cut = fc.tuple(whole, fc.nat(30)).map(([key, length]) => key.slice(0, length));
  return fc.oneof(made, below, changed, cut).filter((key) => key !== '');
};
