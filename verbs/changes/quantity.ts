/** Kubernetes' quantities (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity). */

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY = /^([+-]?\d+\.?\d*(?:[eE][+-]?\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;

/** The number that a quantity means: `10Gi` is 10737418240. @throws Error if it is not a quantity */
export function amountOf(quantity: string | number): number {
  const [, number, suffix = ''] = QUANTITY.exec(String(quantity)) ?? [];
  if (number === undefined)
    throw new Error(`"${quantity}" is not a quantity: a number and one of m, k, M, G, Ki, Mi, Gi`);
  return Number(number) * (SUFFIXES[suffix] ?? 1);
}
