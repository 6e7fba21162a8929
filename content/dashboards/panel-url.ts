/** Addresses of single panels (Grafana: a panel alone is shown by `viewPanel=panel-<id>`). */
import { asTemplateText } from '../../promql/templates/text';
import type { AlertPanel } from './alert-panels';

/** The path of a panel below Grafana's root. Variables have a value only where it is the same for every series of the alert. */
export const panelPath = (panel: AlertPanel): string =>
  `${plain(panel)}${panel.variables
    .flatMap((variable) => ('value' in variable ? [`&var-${variable.name}=${encodeURIComponent(variable.value)}`] : []))
    .join('')}`;

/**
 * The address of a panel as a template of Prometheus, which fills in the labels of the alert.
 * @param rootUrl the address of Grafana, with a slash at its end
 */
export const panelUrlTemplate = (rootUrl: string, panel: AlertPanel): string =>
  `${asTemplateText(`${rootUrl}${panelPath(panel)}`)}${panel.variables
    .flatMap((variable) =>
      'label' in variable ? [`&var-${variable.name}={{ $labels.${variable.label} | urlquery }}`] : [],
    )
    .join('')}`;

const plain = ({ uid, panelId }: AlertPanel) => `d/${uid}?viewPanel=panel-${panelId}`;
