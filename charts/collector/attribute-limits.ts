import { INTAKE_LIMITS } from '../../lib/limits';
import { TRUNCATED } from '../../metrics/span-metrics';
import type { Processor } from './processors';

const { attributeBytes, attributesTotalBytes, attributeCount, nameBytes } = INTAKE_LIMITS;

/** Bytes that JSON has for one byte of text, at most: `<` and control characters are written as `\u003c`. Jaeger stores lists and maps as JSON. */
const JSON_BYTES = 6;

/** A condition, and what is done where it holds. */
interface Limit {
  readonly condition: string;
  readonly change: string;
}

/** Cuts a text. */
const cut = (path: string, bytes: number): Limit => ({
  condition: `Len(${path}) > ${bytes}`,
  change: `set(${path}, Substring(${path}, 0, ${bytes}, true))`,
});

const SERVICE_NAME = 'resource.attributes["service.name"]';
const serviceName = cut(SERVICE_NAME, nameBytes);

/** A truncated trace state is invalid, so it is removed. */
const traceState: Limit = {
  condition: `Len(span.trace_state) > ${nameBytes}`,
  change: 'set(span.trace_state, "")',
};

/**
 * A group of statements that cut the attributes and some texts of one context. Only what has something too long enters it.
 *
 * Long strings are the usual case, and `truncate_all` does that; it passes over lists, maps and bytes. If the attributes are still too large
 * together, they are flattened by way of JSON, so that the parts can be truncated, and keys that are not names are dropped.
 */
function limited(context: string, ...texts: readonly Limit[]) {
  const attributes = `${context}.attributes`;
  const before = `${context}.cache["before"]`;
  const still = `${context}.cache["large"] == true`;
  const shorten = [
    `limit(${attributes}, ${attributeCount}, ["service.name"])`,
    `truncate_all(${attributes}, ${attributeBytes})`,
  ];
  return {
    context,
    conditions: [
      ...texts.map(({ condition }) => condition),
      `Len(${attributes}) > ${attributeCount}`,
      // The text of all keys and values: no value is longer, and JSON of them all is below its limit. To write JSON costs six times as much.
      // Values with a delimiter are quoted, so these are characters that no text has.
      `Len(ToKeyValueString(${attributes}, "\\u0001", "\\u0002")) > ${Math.floor(attributesTotalBytes / JSON_BYTES)}`,
    ],
    statements: [
      ...texts.map(({ condition, change }) => `${change} where ${condition}`),
      `set(${before}, ${attributes})`,
      ...shorten,
      `set(${context}.cache["large"], true) where Len(String(${attributes})) > ${attributesTotalBytes}`,
      `set(${attributes}, ParseJSON(String(${attributes}))) where ${still}`,
      `flatten(${attributes}) where ${still}`,
      `delete_matching_keys(${attributes}, "(?s)^.{${nameBytes}}") where ${still}`,
      ...shorten.map((statement) => `${statement} where ${still}`),
      `set(${attributes}["${TRUNCATED}"], true) where ${before} != ${attributes}`,
    ],
  };
}

/**
 * Truncates what is too long, and marks it. Badger indexes every attribute and name, and one key beyond 65,000 bytes fails the whole write.
 * Jaeger then returns a retryable error, so one long prompt would block the queue.
 *
 * Each context is a group of its own. In one list OTTL infers the lowest context, and skips spans without events.
 */
export const ATTRIBUTE_LIMITS: Processor = [
  'transform/limits',
  {
    error_mode: 'ignore',
    trace_statements: [
      limited('resource', { ...serviceName, condition: `IsString(${SERVICE_NAME}) and ${serviceName.condition}` }),
      limited('scope', cut('scope.name', nameBytes), cut('scope.version', nameBytes)),
      limited('span', cut('span.name', nameBytes), cut('span.status.message', attributeBytes), traceState),
      limited('spanevent', cut('spanevent.name', nameBytes)),
    ],
  },
];
