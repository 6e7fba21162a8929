/**
 * Writes plain data as YAML. The layout is that of the library `yaml`, which makes a node of every value first: this takes a quarter of the
 * time. Texts are written by the library itself.
 */
import { Scalar } from 'yaml';
import { stringifyNumber } from 'yaml/util';
import { yamlKey, yamlText } from './yaml-text';

const STEP = '  ';

/** A longer key must be marked as one (https://yaml.org/spec/1.1/#id934537). */
const MAX_KEY = 1024;

/**
 * YAML documents with `---` between them. No line is folded, there are no aliases, and every string is read back unchanged. Fields that are
 * undefined are left out.
 * @param contents plain data: what JSON can hold
 * @throws Error where a string holds half of a surrogate pair, which is no text, or where a value is no plain data
 */
export const writeYaml = (...contents: readonly unknown[]): string =>
  contents.map((content) => `${textOf(content, '')}\n`).join('---\n');

/** @param indent of its lines after the first */
function textOf(value: unknown, indent: string): string {
  if (typeof value === 'string') return yamlText(value, indent);
  if (typeof value === 'number') return stringifyNumber(new Scalar(value));
  if (typeof value === 'boolean' || value === null || value === undefined) return String(value ?? null);
  if (Array.isArray(value)) return listOf(value, indent);
  if (isPlain(value)) return mapOf(value, indent);
  throw new Error(`Only plain data can be written as YAML, not ${typeof value}: ${String(value)}`);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function listOf(items: readonly unknown[], indent: string): string {
  if (items.length === 0) return '[]';
  return items.map((item) => `- ${textOf(item, indent + STEP)}`).join(`\n${indent}`);
}

function mapOf(map: Readonly<Record<string, unknown>>, indent: string): string {
  const fields = Object.entries(map).filter(([, value]) => value !== undefined);
  return fields.length === 0 ? '{}' : fields.map(([key, value]) => field(key, value, indent)).join(`\n${indent}`);
}

function field(name: string, value: unknown, indent: string): string {
  const inner = indent + STEP;
  const key = yamlKey(name, inner);
  const text = textOf(value, inner);
  if (key.length > MAX_KEY) return `? ${key}\n${indent}: ${text}`;
  return isFilled(value) ? `${key}:\n${inner}${text}` : `${key}: ${text}`;
}

/** Whether it is a list or a map that begins on a line of its own. */
const isFilled = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : typeof value === 'object' && value !== null && Object.values(value).some((item) => item !== undefined);
