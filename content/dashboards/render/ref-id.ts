/** Letters of the queries of a panel: their order. */
export const refId = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);
