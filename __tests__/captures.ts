/** What the real services of Jan Server emitted, as it was captured: for the catalogue's entries that nothing in the lab can prove. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS } from '../metrics/catalogue/index';
import { type Comparison, compare } from '../metrics/compare';
import type { Emitted, EmittedMetric } from '../metrics/emitted';
import { EMITTERS, type EmitterName } from '../metrics/emitters';
import { ROOT } from './support';

/** Day of the commit of janhq/server whose services ran. */
const RELEASE = '2026-01-10';

/** Services that were captured as a whole. */
export const CAPTURED: Partial<Record<EmitterName, string>> = {
  llmApi: 'llm-api',
  mcpTools: 'mcp-tools',
  responseApi: 'response-api',
  mediaApi: 'media-api',
  realtimeApi: 'realtime-api',
};

/** What a service emitted, from its file: on each line a name, a type and the labels of all series. */
export function capturedOf(service: string): Emitted {
  const text = readFileSync(join(ROOT, 'metrics', 'emitted', `${service}-${RELEASE}.txt`), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map(parsed));
}

function parsed(line: string): readonly [name: string, metric: EmittedMetric] {
  const [, name, type, labels] = /^(\S+) (\S+) \{(\S*)\}$/.exec(line) ?? [];
  if (name === undefined || type === undefined) throw new Error(`no name, type and {labels}: ${line}`);
  return [name, { type, labels: new Set((labels ?? '').split(',').filter((label) => label !== '')) }];
}

/** The catalogue's entries of a service, against its capture; undefined: there is none. */
export function comparedWithCapture(emitter: EmitterName): Comparison | undefined {
  const service = CAPTURED[emitter];
  if (service === undefined) return undefined;
  const entries = METRICS.filter((metric) => metric.emitter === EMITTERS[emitter]);
  return compare(entries, capturedOf(service), RELEASE);
}
