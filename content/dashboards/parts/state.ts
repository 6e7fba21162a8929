import type { Values } from '../spec';
import { UNITS } from '../units';

/** A number of the present state, from one expression. Its legend is its title. */
export interface State extends Pick<Values, 'title' | 'description' | 'noData' | 'min' | 'links'> {
  readonly expr: string;
  readonly limits: NonNullable<Values['limits']>;
  /** @default UNITS.count */
  readonly unit?: Values['unit'];
}

/** A stat of the present state. */
export const state = ({ expr, unit = UNITS.count, ...rest }: State): Values => ({
  kind: 'stat',
  unit,
  queries: [{ expr, legend: rest.title.toLowerCase() }],
  ...rest,
});
