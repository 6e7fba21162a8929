/**
 * Completions that llm-api answers with a fallback text and HTTP 200. The handler of chat completions decides it (janhq/server,
 * services/llm-api: routes/v1/chat/completion_route.go): a failed call to the provider leaves an event on the span of the handler; any
 * other error of the handler gets the fallback text as well, without an event, unless it is a client error. No such error is answered with
 * 5xx, so none is counted twice.
 */
import { saysCanceled } from './canceled';
import { FALLBACKS } from './gen-ai-metrics';
import { literal, ofSpan } from './ottl';

/** llm-api's span of a chat completion, around the client's span of the call. */
const COMPLETION = 'ChatHandler.CreateChatCompletion';
/** Event of that span: the call has failed, and the answer is llm-api's fallback text. */
export const FALLBACK_EVENT = 'completion_fallback';

export const IS_COMPLETION = `span.name == ${literal(COMPLETION)}`;

/**
 * Errors that are answered with 4xx. The type is the second word in brackets of Jan's own errors, and only the first such error counts: a
 * later one may be a quotation. Two errors get their type only after the span has recorded them.
 */
const CLIENT_ERRORS = [
  '^[^\\[]*\\[[a-z]+\\]\\[(VALIDATION|NOT_FOUND|FORBIDDEN|UNAUTHORIZED|CONFLICT)\\]',
  '^User input too large: ',
  '^[^\\[]*record not found$',
].join('|');

const MESSAGE = 'span.status.message';
/** The handler failed, and not because of the client: the answer is the fallback text, with or without an event. */
export const IS_SILENT_FALLBACK = `span.status.code == STATUS_CODE_ERROR and not IsMatch(${MESSAGE}, ${literal(CLIENT_ERRORS)}) and not ${saysCanceled(MESSAGE)}`;

/** Statements on the spans of completions. */
export const fallbackSpans: readonly string[] = [
  // Before a provider is selected, the model attribute is unchecked user input.
  `delete_key(span.attributes, "gen_ai.request.model") where ${ofSpan('gen_ai.provider.name')} == nil`,
  `set(${ofSpan(FALLBACKS)}, 0.0)`,
  `set(${ofSpan(FALLBACKS)}, 1.0) where ${IS_SILENT_FALLBACK}`,
];

/** Statements on their events. */
export const fallbackEvents: readonly string[] = [
  `set(${ofSpan(FALLBACKS)}, 1.0) where not ${saysCanceled('spanevent.attributes["error"]')}`,
];
