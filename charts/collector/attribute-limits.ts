import { INTAKE_LIMITS } from '../../lib/limits';
import { TRUNCATED } from '../../metrics/span-metrics';
import type { Processor } from './processors';

const { attributeBytes, attributesTotalBytes, attributeCount, nameBytes } = INTAKE_LIMITS;

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
      {
        context: 'resource',
        statements: [cutText('resource.attributes["service.name"]', nameBytes), ...cut('resource')],
      },
      {
        context: 'scope',
        statements: [cutText('scope.name', nameBytes), cutText('scope.version', nameBytes), ...cut('scope')],
      },
      {
        context: 'span',
        statements: [
          cutText('span.name', nameBytes),
          cutText('span.status.message', attributeBytes),
          // A truncated trace state is invalid, so it is removed.
          `set(span.trace_state, "") where Len(span.trace_state) > ${nameBytes}`,
          ...cut('span'),
        ],
      },
      { context: 'spanevent', statements: [cutText('spanevent.name', nameBytes), ...cut('spanevent')] },
    ],
  },
];

/**
 * Statements that cut the attributes of one context. Long strings are the usual case, and `truncate_all` does that; it passes over lists,
 * maps and bytes. If the attributes are still too large together, they are flattened by way of JSON, so that the parts can be truncated,
 * and keys that are not names are dropped.
 */
function cut(context: string): string[] {
  const attributes = `${context}.attributes`;
  const before = `${context}.cache["before"]`;
  const still = `${context}.cache["large"] == true`;
  const shorten = [
    `limit(${attributes}, ${attributeCount}, ["service.name"])`,
    `truncate_all(${attributes}, ${attributeBytes})`,
  ];
  return [
    `set(${before}, ${attributes})`,
    ...shorten,
    `set(${context}.cache["large"], true) where Len(String(${attributes})) > ${attributesTotalBytes}`,
    `set(${attributes}, ParseJSON(String(${attributes}))) where ${still}`,
    `flatten(${attributes}) where ${still}`,
    `delete_matching_keys(${attributes}, "(?s)^.{${nameBytes}}") where ${still}`,
    ...shorten.map((statement) => `${statement} where ${still}`),
    `set(${attributes}["${TRUNCATED}"], true) where ${before} != ${attributes}`,
  ];
}

function cutText(path: string, limit: number): string {
  return `set(${path}, Substring(${path}, 0, ${limit}, true)) where Len(${path}) > ${limit}`;
}
