/** What is clean, which is passed over, has nothing that would be replaced. */
import { CLEAN_NAME, CLEAN_PATH, CLEAN_URL } from '../../../charts/collector/clean-text';
import { SPANS } from '../../lab/jan-server/capture';
import { rules } from '../../support/collector-rules';
import { names, paths, sample, urls } from '../../support/collector-texts';

const TEXTS = 30_000;
const { name, route, url } = rules();

const KINDS = [
  ['names', new RegExp(CLEAN_NAME), name, names],
  ['routes', new RegExp(CLEAN_PATH), route, paths],
  ['URLs', new RegExp(CLEAN_URL), url, urls],
] as const;

describe.each(KINDS)('%s', (_kind, clean, rewritten, texts) => {
  const all = new Set(sample(texts, TEXTS));
  const isClean = [...all].filter((text) => clean.test(text));

  test('that are clean match no pattern that is replaced, and stay as they are', () => {
    const wrong = isClean.filter((text) => {
      const { text: after, found } = rewritten(text);
      return after !== text || found.length > 0;
    });
    expect(wrong).toEqual([]);
  });

  test('of both sides were seen often', () => {
    const replaced = [...all].filter((text) => rewritten(text).found.length > 0);
    expect(all.size).toBeGreaterThan(20_000);
    expect(isClean.length).toBeGreaterThan(1500);
    expect(replaced.length).toBeGreaterThan(8000);
  });
});

describe.each([
  [
    'clean',
    true,
    ['/', '/v1/models', '/v1/models/:id', '/users/{user_id}/posts', '/files/*path', '/llm/v1/chat/completions'],
  ],
  [
    'not clean',
    false,
    [
      '/v1/models/12',
      '/v1/conv_ab12',
      '/v1/alice@example.com',
      '/v1/a%40b',
      '/v1/models?q=1',
      '/feedfacecafebeef',
      '/a b',
    ],
  ],
] as const)('a path is %s', (_what, isClean, texts) => {
  test.each(texts)('%s', (text) => {
    for (const [pattern, candidate] of [
      [CLEAN_PATH, text],
      [CLEAN_URL, text],
      [CLEAN_URL, `https://jan.example:8443${text}`],
    ] as const)
      expect([candidate, new RegExp(pattern).test(candidate)]).toEqual([candidate, isClean]);
  });
});

test.each([
  'http://alice@jan.example/v1/models',
  'https://alice:secret@jan.example',
  'ftp://jan.example/v1/models',
  'v1/models',
  '/v1/models\n',
  '/v1/models /x',
])('%j is not a clean URL', (text) => expect(text).not.toMatch(new RegExp(CLEAN_URL)));

describe("Jan Server's", () => {
  /** The texts that occur at least as often. */
  const usual = (texts: readonly (string | undefined)[], least: number): readonly string[] => {
    const counts = new Map<string, number>();
    for (const text of texts) if (text !== undefined && text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= least).map(([text]) => text);
  };

  test('routes are all clean', () => {
    const routes = usual(
      SPANS.map(({ attributes }) => attributes['http.route']),
      1,
    );
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter((text) => !new RegExp(CLEAN_PATH).test(text))).toEqual([]);
  });

  test('usual names are clean, but one with a planted mail address', () => {
    const found = usual(
      SPANS.map((span) => span.name),
      10,
    );
    expect(found.length).toBeGreaterThan(15);
    expect(found.filter((text) => !new RegExp(CLEAN_NAME).test(text))).toEqual([
      'GET /v1/users/planted.path@example-pii.org/profile',
    ]);
  });

  test('URLs are clean where nothing is replaced in them', () => {
    const found = ['http.url', 'http.target', 'url.path'].flatMap((key) =>
      SPANS.map(({ attributes }) => attributes[key]),
    );
    const nothingToReplace = found.filter((text) => text !== undefined && url(text).found.length === 0);
    const clean = nothingToReplace.filter((text) => new RegExp(CLEAN_URL).test(text ?? ''));
    expect(clean.length).toBeGreaterThan(4000);
    expect(clean.length / nothingToReplace.length).toBeGreaterThan(0.95);
  });
});
