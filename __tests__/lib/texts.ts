/** Texts that readers of YAML are known to read as something else, and any others. */
import fc from 'fast-check';

/** Each is a value that a user may write, in quotes. The words are those of YAML 1.1's types (https://yaml.org/type/). */
export const ODD_TEXTS: readonly string[] = [
  ...[
    '',
    ' ',
    '  a',
    'a  ',
    '\t',
    'a\t',
    '\ta',
    '\n',
    'a\n',
    '\na',
    'a\n\n',
    'a\n b\n  c',
    ' a\nb',
    'a \nb',
    'a\n\tb\n',
    'a\n \nb',
  ],
  ...['y', 'Y', 'yes', 'No', 'on', 'OFF', 'true', 'False', '~', 'null', 'NULL', '=', '<<', '.inf', '-.Inf', '.NaN'],
  ...[
    '0',
    '-0',
    '+1',
    '0777',
    '0o14',
    '0O14',
    '-0o7',
    '0x1F',
    '0X1F',
    '0b11',
    '0B11',
    '0b',
    '1_000',
    '_1',
    '1__0',
    '0x_1',
  ],
  ...[
    '1e3',
    '1E3',
    '.5',
    '5.',
    '+.5',
    '1.5e+3',
    '1e',
    '12:30',
    '12:30:45',
    '1:00.5',
    '190:20:30',
    '0x1p-2',
    '0x.8p1',
    '1_0.5_0',
  ],
  ...['2001-01-01', '2001-1-1', '2001-01-01 10:00:00', '2001-12-14t21:59:43.10-05:00', '2001-1-1T1:1:1Z', '10-10-10'],
  ...[
    '- a',
    '-',
    '? a',
    '?',
    ': a',
    ':',
    'a: b',
    'a:',
    'a #b',
    '#b',
    '&a',
    '*a',
    '!a',
    '!!int 1',
    '%a',
    '@a',
    '`a',
    '|',
    '>',
    '| a',
  ],
  ...[
    '---',
    '...',
    '--- a',
    'a\n---\nb',
    'a\n...\nb',
    '{a: b}',
    '[a]',
    'a, b',
    "it's",
    '"a"',
    '\'"',
    '\\n',
    '\\',
    '${a}',
    '{{ a }}',
  ],
  ...[
    '\r',
    'a\r\nb',
    'a\rb\n',
    'a\u2028immutable: true',
    '\u2029',
    '\u0085',
    'a\u0085b',
    '\u007f',
    '\0',
    '\u001b[31m',
    '\u009f',
  ],
  ...[
    '\ufeff',
    'a\ufeff',
    '\ufffe',
    '\uffff',
    '\u00a0',
    '\u200b',
    '\u202e',
    '😀',
    'é',
    'e\u0301',
    '\u{10ffff}',
    '\u{1fffe}',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'a'.repeat(2000),
    'a b '.repeat(500).trim(),
    `${'x'.repeat(100)}\n`.repeat(30),
  ],
];

/** Any text that has no half of a surrogate pair. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...ODD_TEXTS), { maxLength: 4 }).map((parts) => parts.join('')) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(...' \t\n:-#0123456789xXoObBeE_.+~|>\'"{}[],&*!%@\\\u0085\u2028\r'), { maxLength: 12 })
      .map((parts) => parts.join('')),
  },
);

/** A document as a program's configuration is one: texts as keys and as values, at several depths, and in lists. */
export const anyDocumentOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.letrec<{
    node: unknown;
    map: Readonly<Record<string, unknown>>;
  }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 3 }),
      tie('map'),
    ),
    map: fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('node'),
      { maxKeys: 4 },
    ),
  })).map;

/** A document of any texts. */
export const anyDocument = anyDocumentOf(anyText);
