/**
 * Text as a part of a template that prints it as it is: braces that would begin an action are printed by one. For whatever an
 * environment file says in labels and annotations, which Prometheus and Grafana read as templates.
 */
export const asTemplateText = (text: string): string => text.replace(/\{(?=\{|$)/g, '{{ "{" }}');
