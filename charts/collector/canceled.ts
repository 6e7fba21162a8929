/**
 * Requests whose client went away: neither failures nor fallbacks. Go says `context canceled` at the end of such an error, behind
 * what the layers in between have added (package context); what a provider quotes stands before the end of its JSON.
 */
import { CANCELED } from '../../metrics/gen-ai';
import { literal, ofSpan } from './ottl';

/** Event of OpenTelemetry's conventions for an error that was recorded. */
export const EXCEPTION = 'exception';

/** What the text of an error is, or ends with. */
const ENDS = ['context canceled', 'client request cancelled'];
/** llm-api's own words where it could no longer write the stream to its client: on the span of the call, and on the handler's. */
const UNWRITTEN = 'failed to write SSE ';
const WRAPPED = '^\\[handler\\]\\[[A-Z_]+\\]\\[[^\\]]*\\] streaming completion failed: unable to write SSE line: ';

/** A condition: the text says that the client went away. */
export const saysCanceled = (path: string): string =>
  `(IsString(${path}) and (${[
    ...ENDS.map((text) => `${path} == "${text}" or HasSuffix(${path}, ": ${text}")`),
    `HasPrefix(${path}, "${UNWRITTEN}")`,
    `IsMatch(${path}, ${literal(WRAPPED)})`,
  ].join(' or ')}))`;

const ERROR_TYPE = ofSpan('error.type');
const FAILED = 'span.status.code == STATUS_CODE_ERROR';
const MARK = `set(${ERROR_TYPE}, ${literal(CANCELED)})`;
/** The status says nothing of the cause: it is empty, or `streaming error` or `streaming context cancelled` of llm-api. */
const UNEXPLAINED = '(span.status.message == "" or HasPrefix(span.status.message, "streaming "))';

/** Groups of statements that mark cancelled spans by `error.type`. */
export const MARK_CANCELED = [
  {
    context: 'span',
    conditions: [`${FAILED} and span.status.message != ""`],
    statements: [`${MARK} where ${saysCanceled('span.status.message')}`],
  },
  {
    context: 'spanevent',
    conditions: [`${FAILED} and spanevent.name == ${literal(EXCEPTION)} and ${UNEXPLAINED}`],
    statements: [`${MARK} where ${saysCanceled('spanevent.attributes["exception.message"]')}`],
  },
];

/** A group of statements: a span that was cancelled has not failed, and no failing rate counts it. */
export const CANCELED_IS_NO_FAILURE = {
  context: 'span',
  conditions: [FAILED],
  statements: [`set(span.status.code, STATUS_CODE_UNSET) where ${ERROR_TYPE} == ${literal(CANCELED)}`],
};
