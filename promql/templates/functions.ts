/** Functions of alert templates, each with how many arguments it takes: `min-max`, or one number, or `min+`. */

/** Those of Go's templates (Go 1.26, text/template/funcs.go). */
const OF_GO =
  'and:1+ call:1+ html:0+ index:1+ slice:1-4 js:0+ len:1 not:1 or:1+ print:0+ printf:1+ println:0+ urlquery:0+ eq:1+ ge:2 gt:2 le:2 lt:2 ne:2';

/** Those of Prometheus 3.16 (template/template.go, `NewTemplateExpander`). */
const OF_PROMETHEUS =
  'query:1 first:1 label:2 value:1 strvalue:1 args:0+ reReplaceAll:3 safeHtml:1 match:2 title:1 toUpper:1 toLower:1 graphLink:1 tableLink:1 sortByLabel:2 stripPort:1 stripDomain:1 humanize:1 humanize1024:1 humanizeDuration:1 humanizePercentage:1 humanizeTimestamp:1 toTime:1 toDuration:1 now:0 pathPrefix:0 externalURL:0 parseDuration:1 urlQueryEscape:1';

/** How many arguments a function takes. */
export interface Arity {
  readonly least: number;
  readonly most: number;
}

/** Every function, by its name. */
export const TEMPLATE_FUNCTIONS: ReadonlyMap<string, Arity> = new Map(
  `${OF_GO} ${OF_PROMETHEUS}`.split(' ').map((entry): [string, Arity] => {
    const [, name = '', least, more] = /^(\w+):(\d+)(\+|-\d+)?$/.exec(entry) ?? [];
    const most = more === '+' ? Number.POSITIVE_INFINITY : Number(more?.slice(1) ?? least);
    return [name, { least: Number(least), most }];
  }),
);

/** Variables that Prometheus declares before each template (Prometheus 3.16, model/rulefmt, `testTemplateParsing`). */
export const TEMPLATE_VARIABLES: readonly string[] = ['$', '$labels', '$externalLabels', '$externalURL', '$value'];
