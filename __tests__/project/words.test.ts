/** Words that this project replaced by those of Kubernetes, OpenTelemetry, Prometheus and Grafana. They stay out of what is clean. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support';

/** Each word with what to write instead. */
const WORDS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\b(told|tells?|telling)\b/i, 'sends, notifies, reports, configures'],
  [/\b(sick|sicken)\b/i, 'failing, not healthy, a problem'],
  [/\ball is (well|ready)\b/i, 'healthy, everything is ready'],
  [/\b(whom|whoever)\b/i, 'name the subject'],
  // Not the user `nobody`, whose number is 65534: it stands in code only, as a name.
  [/(?<!user `?)\b(nobody|somebody|everybody)\b(?![:'])/i, 'name the program or the user'],
  [/\b(mend|mends|mended|mending)\b/i, 'fix, correct, restore'],
  [/\b(outlying|entrances?)\b/i, 'receiver, endpoint, cluster-scoped'],
  [/\bof others\b/i, 'third-party, other applications'],
  [/\bfor want of\b/i, 'without'],
  [/\b(could|cannot) be had\b/i, 'is not available'],
  [/\bas far as (the|it|they|our|that)\b.*\b(need|needs|look|looks|use|uses)\b/i, 'with the fields that are used'],
  [/\bheld against\b/i, 'checked against'],
  [/\bhave it otherwise\b/i, 'change it'],
  [/\b(by the clock|drawn by lot)\b/i, 'scheduled, random'],
  [/\b(takes|taken|took) away\b/i, 'deletes, removes'],
  [/\bwho(ever)? (emits|would emit)\b/i, 'emitter, source'],
  [/\bone lot after\b/i, 'batch'],
];

/** What is clean: files, and folders with all that is in them. */
const CLEAN: readonly string[] = [
  'README.md',
  'Makefile',
  '__tests__/cluster',
  '__tests__/config',
  '__tests__/e2e',
  '__tests__/project/program.test.ts',
  '__tests__/verbs',
  'charts',
  'config',
  'content',
  'dashboards/README.md',
  'docs/docker-compose.md',
  'docs/operations.md',
  'docs/production.md',
  'docs/signals.md',
  'docs/slos.md',
  'docs/testing.md',
  'environments',
  'imports',
  'index.ts',
  'lab',
  'lib',
  'library',
  'metrics',
  'rules/README.md',
  'scripts',
  'stack',
  'verbs',
];

/** Programs that are built from their exact bytes. */
const EXCEPTIONS = /^lab\/tools\//;

/** Texts of alerts and dashboards are rendered, and change in releases of their own: in these files only comments are checked. */
const COMMENTS_ONLY = /^(content|charts\/[^/]+\/alerts)\//;

/** The comments of a TypeScript file, with the line numbers of the file. */
const commentsOf = (text: string): string =>
  text
    .split('\n')
    .map((line) => /^\s*(\/\*\*|\*|\/\/).*|\s\/\/ .*/.exec(line)?.[0] ?? '')
    .join('\n');

const filesIn = (path: string): string[] =>
  statSync(join(ROOT, path)).isDirectory()
    ? readdirSync(join(ROOT, path))
        .filter((name) => name !== 'node_modules')
        .flatMap((name) => filesIn(`${path}/${name}`))
    : [path];

/** The lines of a text with a replaced word: line, word and what to write instead. */
function findings(text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    WORDS.flatMap(([pattern, instead]) => {
      const word = pattern.exec(line)?.[0];
      return word === undefined ? [] : [`${index + 1}: "${word}"; instead: ${instead}`];
    }),
  );
}

test('no replaced word in documents, comments, messages and names', () => {
  const files = CLEAN.flatMap(filesIn).filter((file) => !EXCEPTIONS.test(file));
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return findings(COMMENTS_ONLY.test(file) ? commentsOf(text) : text).map((line) => `${file}:${line}`);
  });
  expect(found).toEqual([]);
});

test.each([
  ['The path of a pod that tells its name', ['1: "tells"; instead: sends, notifies, reports, configures']],
  ['\n1 part is sick:', ['2: "sick"; instead: failing, not healthy, a problem']],
  ['What nobody emits', ['1: "nobody"; instead: name the program or the user']],
  ["'nobody:x:65534:65534::/:/bin/false'", []],
  ['user nobody cannot list pods', []],
  ['A tellme header, an alternative, a well-known port', []],
])('%j', (text, expected) => expect(findings(text)).toEqual(expected));

test('only the comments of a file with rendered texts', () => {
  const text = "/** Whom it tells. */\nconst title = 'Who is told';\nconst port = 1; // sick\n";
  expect(findings(commentsOf(text)).map((line) => line.slice(0, 8))).toEqual(['1: "tell', '1: "Whom', '3: "sick']);
});
