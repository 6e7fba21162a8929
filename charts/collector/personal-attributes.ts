/** Which attributes hold personal data or content, and which certainly do not. */
import { FAILED, TRUNCATED } from '../../metrics/span-metrics';
import { FALLBACKS } from './gen-ai-metrics';
import { ORIGINAL_NAME } from './http-conventions';
import { onePass } from './one-pass';

/** The content of messages, in events of conversations and in Jan Server's spans. */
const CONTENT = ['content', 'message', 'messages', 'prompt', 'completion', 'response'];

/** Content that is one attribute, or one for each part of it: `gen_ai.prompt.0.content`. */
const WITH_PARTS = [
  ...['prompt', 'completion', 'input.messages', 'output.messages', 'system_instructions'].map((key) => `gen_ai.${key}`),
  ...['arguments', 'result'].map((key) => `gen_ai.tool.call.${key}`),
  ...['prompt', 'prompts', 'completion', 'completions', 'input_messages', 'output_messages'].map((key) => `llm.${key}`),
];

/** Personal data and content, by OpenTelemetry's old and new conventions, OpenLLMetry, OpenInference and Jan Server. */
const NAMES = [
  'session.id',
  'client.address',
  'client.socket.address',
  'source.address',
  'http.client_ip',
  'http.user_agent',
  'user_agent.original',
  'url.query',
  'traceloop.entity.input',
  'traceloop.entity.output',
  'input.value',
  'output.value',
  'stacktrace',
  ...['', 'chat.', 'message.', 'messages.'].flatMap((prefix) => CONTENT.map((key) => prefix + key)),
  ...WITH_PARTS,
];

/** Cookies, authorization, forwarded addresses and referrers are among the headers. */
const BEGINNINGS = [
  'user.',
  'enduser.',
  'http.request.header.',
  'http.response.header.',
  'db.query.parameter.',
  ...WITH_PARTS.map((key) => `${key}.`),
];

/** Pattern for the keys of attributes with personal data or content. */
export const PERSONAL = onePass(NAMES, BEGINNINGS);

/**
 * Pattern for the keys of texts in which an external program may quote user input: errors, and stack traces that begin with them. The
 * pattern begins with the dot, so that a key without one is rejected fastest.
 */
export const QUOTING = '\\.(message|error_message|status_message|status_description|error|stacktrace|stack)$';

/** Addresses of the peer: on a server span, of the client. */
export const PEERS = [
  'network.peer.address',
  'net.peer.ip',
  'net.peer.name',
  'net.sock.peer.addr',
  'net.sock.peer.name',
];

/** The usual ones, which are looked up by name. Most of them are on every span of an HTTP server. */
export const FREQUENT: readonly string[] = [
  'http.client_ip',
  'http.user_agent',
  'user_agent.original',
  'client.address',
  'user.id',
  'session.id',
  'url.query',
  'exception.message',
  'exception.stacktrace',
];

const under = (prefix: string, keys: string): string[] => keys.split(' ').map((key) => `${prefix}.${key}`);

/** Attributes of resources that are not personal, by OpenTelemetry's conventions and Jan Server's. */
export const OF_RESOURCES: readonly string[] = [
  ...under('service', 'name namespace version instance.id'),
  ...under('telemetry.sdk', 'name language version'),
  ...under('deployment', 'environment environment.name'),
  ...under('k8s', 'cluster.name namespace.name node.name pod.name pod.uid pod.ip container.name'),
  ...under('k8s', 'deployment.name replicaset.name statefulset.name daemonset.name job.name'),
  ...under('host', 'name id arch type'),
  ...under('os', 'type description version name'),
  ...under('process', 'pid runtime.name runtime.version runtime.description executable.name'),
  ...under('container', 'id name image.name image.tag'),
  ...under('app.kubernetes.io', 'component'),
  'environment',
];

/**
 * Attributes of spans, events and points that no pattern finds: of OpenTelemetry's conventions, of Jan Server and of this Collector. URLs
 * are among them, because other statements rewrite those.
 */
export const OF_SPANS: readonly string[] = [
  ...under('http', 'method status_code route scheme host flavor url target resend_count'),
  ...under('http', 'request_content_length response_content_length'),
  ...under('http.request', 'method method_original body.size size resend_count'),
  ...under('http.response', 'status_code body.size size'),
  ...under('url', 'full path scheme template'),
  ...under('server', 'address port'),
  ...under('client', 'port'),
  ...under('network', 'protocol.name protocol.version transport type peer.port local.address local.port'),
  ...under('net', 'host.name host.port peer.port transport sock.peer.port sock.host.addr sock.host.port'),
  ...under('rpc', 'system system.name service method grpc.status_code response.status_code'),
  ...under('db', 'system system.name name namespace operation operation.name collection.name sql.table'),
  ...under('db', 'statement query.text query.summary connection_string response.status_code'),
  ...under('messaging', 'system destination.name operation operation.name operation.type message.id client.id'),
  ...under('messaging', 'batch.message_count consumer.group.name destination.partition.id'),
  ...under('thread', 'id name'),
  ...under('code', 'function function.name namespace filepath file.path lineno line.number'),
  ...under('error', 'type'),
  ...under('exception', 'type escaped'),
  ...under('otel', 'status_code library.name library.version scope.name scope.version'),
  ...under('gen_ai', 'operation.name provider.name system output.type token.type'),
  ...under('gen_ai.request', 'model temperature top_p max_tokens stream'),
  ...under('gen_ai.response', 'id model finish_reason finish_reasons time_to_first_chunk'),
  ...under('gen_ai.usage', 'input_tokens output_tokens prompt_tokens completion_tokens'),
  ...under('gen_ai', 'agent.id agent.name conversation.id tool.name tool.type tool.call.id'),
  ...under('llm', 'model provider message_count stream temperature top_p max_tokens duration_ms'),
  ...under('llm', 'finish_reason request.type streaming.chunks_received'),
  ...under('llm.usage', 'prompt_tokens completion_tokens total_tokens'),
  ...under('chat', 'model stream message_count'),
  ...under('provider', 'id kind display_name'),
  ...under('model', 'id original_id'),
  ...under('completion', 'prompt_tokens completion_tokens total_tokens llm_duration_ms total_duration_ms'),
  ...under('completion', 'status finish_reason stored'),
  ...under('conversation', 'id'),
  // Events of Jan Server.
  ...under('chunks', 'total'),
  ...under('content', 'length'),
  ...under('response', 'choice_count'),
  'finish_reason',
  ...under('service', 'peer.name'),
  // A flag in most conventions; statements of its own rewrite it where it is a text.
  'error',
  'request_id',
  'peer.service',
  FALLBACKS,
  FAILED,
  TRUNCATED,
  ORIGINAL_NAME,
];
