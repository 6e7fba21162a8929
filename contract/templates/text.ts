/**
 * A template that prints a text. Braces that would begin an action become an action that prints a brace. Prometheus and Grafana
 * read labels and annotations as templates, so text of an environment file goes through here.
 */
export const asTemplateText = (text: string): string => text.replace(/\{(?=\{|$)/g, '{{ "{" }}');
