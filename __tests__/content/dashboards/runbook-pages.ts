/** The runbook pages of a stack, as Grafana reads them. */
import { appsOf, type Stack } from '../../../stack/apps';
import { manifestsOf } from '../../../stack/checks/manifest';
import { isDashboard, isRunbooks } from '../../support';

/** A panel of a runbook page or of their list. */
export interface PagePanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
  readonly options?: { readonly content?: string; readonly alertName?: string };
  /** The panels of a row that is folded. */
  readonly panels?: readonly PagePanel[];
}

/** A runbook page, or their list. */
export interface PageFile {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly links: readonly { readonly title: string; readonly url?: string; readonly placement?: string }[];
  readonly panels: readonly PagePanel[];
  readonly templating?: { readonly list?: readonly { readonly name: string }[] };
}

/** Every dashboard of a stack by its uid, and the ConfigMap that it is in. */
export const dashboardsIn = (
  stack: Stack,
): ReadonlyMap<string, { readonly file: PageFile; readonly configMap: string }> =>
  new Map(
    manifestsOf(appsOf(stack))
      .filter((manifest) => isDashboard(manifest) || isRunbooks(manifest))
      .flatMap(({ metadata, data = {} }) =>
        Object.values(data).map((text): [string, { file: PageFile; configMap: string }] => {
          const file = JSON.parse(text) as PageFile;
          return [file.uid, { file, configMap: metadata.name }];
        }),
      ),
  );

/** The lowest line of a page, in units of the grid. */
export const heightOfPage = ({ panels }: PageFile): number => Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));
