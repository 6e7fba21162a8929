/**
 * A template that prints a text. Braces that would begin an action become an action that prints a brace. Prometheus, Grafana
 * and Alertmanager read templates in the places where text of an environment file is written, so it goes through here.
 */
export const asTemplateText = (text: string): string => text.replace(/\{(?=\{|$)/g, '{{ "{" }}');
