import type { Edge, Party } from './parties';
import { slug } from './slug';

/**
 * The graph as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html). Probes are omitted, because every pod has them. Edges
 * between the same two ends become one arrow with all ports.
 */
export function mermaid(edges: readonly Edge[]): string {
  const shown = edges.filter(({ client }) => client.kind !== 'node');
  const parties = new Map(shown.flatMap(({ client, server }) => [client, server]).map((party) => [idOf(party), party]));
  const arrows = new Map<string, Edge[]>();
  for (const edge of shown) {
    const key = `${idOf(edge.client)} ${idOf(edge.server)}`;
    arrows.set(key, [...(arrows.get(key) ?? []), edge]);
  }
  const lines = ['flowchart LR', ...groups([...parties.values()]), ...[...arrows.values()].map(arrow)];
  return `${lines.join('\n')}\n`;
}

/** A node's ID. IDs are unique: if a name has characters other than letters, digits and dashes, `slug` adds digits of a hash. */
const idOf = (party: Party) => `${party.kind}_${slug(party.name).replaceAll('-', '_')}`;

/** The stack's components are in one box, those of each other namespace in another. */
function groups(parties: readonly Party[]): string[] {
  const titles = [...new Set(parties.map(titleOf))];
  return titles.flatMap((title, index) => {
    const nodes = parties
      .filter((party) => titleOf(party) === title)
      .map((party) => `    ${idOf(party)}["${party.name}"]`);
    return [`  subgraph group${index}["${title}"]`, ...nodes, '  end'];
  });
}

function titleOf(party: Party): string {
  switch (party.kind) {
    case 'component':
      return 'the stack';
    case 'pods':
      return `namespace ${party.namespace}`;
    default:
      return 'outside';
  }
}

function arrow(edges: readonly Edge[]): string {
  const [first] = edges;
  if (first === undefined) return '';
  const purposes = [...new Set(edges.map(({ purpose }) => purpose))].join(', ');
  const ports = [...new Set(edges.map(({ port }) => port))].sort((a, b) => a - b).join(', ');
  return `  ${idOf(first.client)} -->|"${purposes} :${ports}"| ${idOf(first.server)}`;
}
