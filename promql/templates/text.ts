/**
 * A template that prints a text. Braces that would begin an action become an action that prints a brace. Needed where
 * Prometheus, Grafana or Alertmanager reads a template and the text is to be printed as it is.
 */
export const asTemplateText = (text: string): string => text.replace(/\{(?=\{|$)/g, '{{ "{" }}');
