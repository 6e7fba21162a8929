/**
 * Requests that the client canceled: neither failures nor fallbacks. Go says `context canceled` at the end of such an error, behind the
 * text that the layers in between have added (package context). A provider's quotation of it never comes last, because the end of its JSON
 * follows.
 */
import { CANCELED } from '../../metrics/gen-ai';
import { literal, ofSpan } from './ottl';

/** Event of OpenTelemetry's conventions for an error that was recorded. */
export const EXCEPTION = 'exception';

/** What the text of an error is, or ends with. */
const ENDS = ['context canceled', 'client request cancelled'];
/** llm-api's messages when it could no longer write the stream to its client: on the span of the call, and on the handler's. */
const UNWRITTEN = 'failed to write SSE ';
const WRAPPED = '^\\[handler\\]\\[[A-Z_]+\\]\\[[^\\]]*\\] streaming completion failed: unable to write SSE line: ';

/** A condition: the text says that the client canceled the request. */
export const saysCanceled = (path: string): string =>
  `(IsString(${path}) and (${[
    ...ENDS.map((text) => `${path} == "${text}" or HasSuffix(${path}, ": ${text}")`),
    `HasPrefix(${path}, "${UNWRITTEN}")`,
    `IsMatch(${path}, ${literal(WRAPPED)})`,
  ].join(' or ')}))`;

const ERROR_TYPE = ofSpan('error.type');
const FAILED = 'span.status.code == STATUS_CODE_ERROR';
const MARK = `set(${ERROR_TYPE}, ${literal(CANCELED)})`;
/** The status message does not contain the cause: it is empty, or llm-api's `streaming error` or `streaming context cancelled`. */
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

/** A group of statements: a cancelled span has not failed, and no failure rate counts it. */
export const CANCELED_IS_NO_FAILURE = {
  context: 'span',
  conditions: [FAILED],
  statements: [`set(span.status.code, STATUS_CODE_UNSET) where ${ERROR_TYPE} == ${literal(CANCELED)}`],
};
