/** The other side of a call, as a label of the span metrics: the service map draws its edges from it. */
import { INTAKE_LIMITS } from '../../lib/limits';
import { PEER } from '../../metrics/span-metrics';
import { IS_MODEL_CALL } from './gen-ai-metrics';
import { firstOf, literal, ofSpan } from './ottl';
import type { Processor } from './processors';

const { nameBytes } = INTAKE_LIMITS;
const NAME = ofSpan(PEER);
const FOUND = 'span.cache["name"]';
const ADDRESS = 'span.cache["address"]';
const SERVICE = 'span.cache["service"]';
const KINDS = ['SPAN_KIND_CLIENT', 'SPAN_KIND_PRODUCER'];
const UNNAMED = `${NAME} == nil`;
const setName = (text: string) => `set(${NAME}, ${text}) where IsString(${text}) and ${text} != ""`;
const CUT = `set(${NAME}, Substring(${NAME}, 0, ${nameBytes}, true)) where ${NAME} != nil and Len(${NAME}) > ${nameBytes}`;

/** What an SDK calls the other service: the attribute of the current conventions, then its predecessor. */
const OF_SDK = ['service.peer.name', 'peer.service'];
/** A database or a message broker, by its kind: one name for all of its pods. */
const OF_SYSTEM = ['db.system.name', 'db.system', 'messaging.system'];
/** The host that a client connects to: the attribute of the current conventions, then its predecessor. */
const OF_HOST = ['server.address', 'net.peer.name'];

/** A Service's name (RFC 1035 label): it begins with a letter and is in lower case, so an IP address is none. */
const LABEL = '[a-z]([-a-z0-9]{0,61}[a-z0-9])?';
/** A host of one label, which only a Pod of the Service's own namespace can resolve. */
const isShort = (host: string): string =>
  `IsMatch(${host}, "^[a-z][-a-z0-9]*$") and Len(${host}) <= 63 and not HasSuffix(${host}, "-")`;
/**
 * A host with the Service's namespace: `redis.data.svc`, with the cluster's domain or without. One pod of it has a label in front:
 * `redis-0.redis.data.svc`. `redis.data` is left out: it may as well be a public host.
 */
const qualified = (domain: string): string =>
  `^([-a-z0-9]+[.])?(${LABEL})[.][-a-z0-9]+[.]svc([.]${domain.replaceAll('.', '[.]')})?[.]?$`;

/**
 * What the resolvers of Go, Java and .NET report about a name that does not exist. `collector.pii` keeps the words of Go in the message.
 * Without this condition, each invented host in a URL that a user has a service fetch would become a label.
 */
const UNRESOLVED = [
  'IsMatch(span.status.message, "no such host")',
  ...['java.net.UnknownHostException', 'name_resolution_error'].map(
    (type) => `${ofSpan('error.type')} == ${literal(type)}`,
  ),
].join(' or ');

/** Statements for a call without a name so far: only a Service of this cluster has one. Hosts outside would be an unbounded label. */
const fromAddress = (domain: string): string[] => [
  `set(${ADDRESS}, ${firstOf('span', OF_HOST)}) where ${UNNAMED}`,
  `set(${ADDRESS}, "") where ${ADDRESS} != nil and span.status.code == STATUS_CODE_ERROR and (${UNRESOLVED})`,
  `set(${NAME}, ${ADDRESS}) where ${ADDRESS} != nil and ${ADDRESS} != "localhost" and ${isShort(ADDRESS)}`,
  // The text that each of these hosts has is much cheaper to find than the pattern.
  `set(${SERVICE}, ${ADDRESS}) where ${ADDRESS} != nil and IsMatch(${ADDRESS}, "[.]svc") and IsMatch(${ADDRESS}, ${literal(qualified(domain))})`,
  `replace_pattern(${SERVICE}, ${literal(qualified(domain))}, "$2") where ${SERVICE} != nil`,
  `set(${NAME}, ${SERVICE}) where ${SERVICE} != nil`,
];

/**
 * Gives client and producer spans the name of the other side. The attribute is our own: those of the senders do not change, and a
 * server span, whose attributes may come from the client's Host header, never has it. The connector would also take it from the resource.
 *
 * It runs behind the processor that removes personal data, so that nothing removed returns, and before attributes are truncated. The other
 * side of a call to a model is the provider, as in the metrics for models: its host may be outside.
 * @param domain the cluster's DNS domain
 */
export const peers = (domain: string): Processor => [
  'transform/peer',
  {
    error_mode: 'ignore',
    trace_statements: [
      { context: 'resource', statements: [`delete_key(resource.attributes, "${PEER}")`] },
      { context: 'span', conditions: [`${NAME} != nil`], statements: [`delete_key(span.attributes, "${PEER}")`] },
      { context: 'span', conditions: [IS_MODEL_CALL], statements: [setName(ofSpan('gen_ai.provider.name')), CUT] },
      {
        context: 'span',
        conditions: KINDS.map((kind) => `span.kind == ${kind} and ${UNNAMED}`),
        statements: [
          `set(${FOUND}, ${firstOf('span', [...OF_SDK, ...OF_SYSTEM])})`,
          setName(FOUND),
          ...fromAddress(domain),
          CUT,
        ],
      },
    ],
  },
];
