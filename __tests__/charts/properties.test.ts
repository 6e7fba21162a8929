import fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { ConfigError } from '../../config/problems';
import { writeYaml } from '../../lib/yaml';
import { appsOf } from '../../stack/apps';
import { manifestsOf } from '../../stack/checks/manifest';
import { stackFrom } from '../support';
import { environment } from '../valid-environments';

const SEED = 20261123;

test('120 valid environments render, whole and free of accidents', () => {
  let rendered = 0;
  const property = fc.property(environment, (input) => {
    const text = stringify(input);
    const manifests = manifestsOf(appsOf(stackFrom(text)));
    const yaml = writeYaml(...manifests);
    expect(yaml).not.toMatch(/\bundefined\b|\[object Object\]|\bNaN\b/);
    const documents = parseAllDocuments(yaml, { version: '1.1' });
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(documents.map((document) => document.toJS())).toEqual(manifests);
    rendered += 1;
  });
  fc.assert(property, { numRuns: 120, seed: SEED });
  expect(rendered).toBe(120);
});

test('what a valid environment cannot be is said as a problem, not thrown as a crash', () => {
  expect(() => stackFrom('namespace: UPPER')).toThrow(ConfigError);
});
