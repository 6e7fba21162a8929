/** A label matcher for any of several values: an equality where there is one. The values hold no sign that means something in a pattern. */
export const oneOf = (label: string, values: readonly string[]): string => {
  const [first, ...others] = [...new Set(values)];
  return others.length === 0 ? `${label}="${first ?? ''}"` : `${label}=~"${[first, ...others].join('|')}"`;
};
