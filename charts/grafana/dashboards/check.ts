import { promqlError, withoutGrafanaVariables } from '../../../lib/promql';

/**
 * Parses the expression of a panel, so that a slip in our own dashboards fails the synth and not the panel.
 * @throws Error that names the panel, with the spot marked
 */
export function checkPanel(place: string, expr: string): void {
  const error = promqlError(withoutGrafanaVariables(expr));
  if (error !== undefined) throw new Error(`Dashboard ${place} has a query that is not PromQL:\n${error.marked}`);
}
