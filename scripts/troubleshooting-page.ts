/** The page about troubleshooting, from the causes that `monitor-status` and `monitor-test` name. */
import type { AnyCause, At, Section } from '../verbs/doctor/cause';
import { SECTIONS } from '../verbs/doctor/cause';
import { CAUSES } from '../verbs/doctor/causes';
import { guideOf, type Step } from '../verbs/doctor/guide';

/** One page of Markdown: a section for each symptom, with what to look at and an entry for each cause. */
export function troubleshootingPage(at: At): string {
  const { environment } = at.places;
  const sections = (Object.keys(SECTIONS) as Section[])
    .map((section) => ({ section, causes: CAUSES.filter((cause) => cause.section === section) }))
    .filter(({ causes }) => causes.length > 0);
  const contents = sections.map(({ section }) => `- [${SECTIONS[section]}](#${section})`).join('\n');
  const intro =
    `\`make monitor-status\` finds the causes on this page by itself and prints, for each, the object, the cause and the next step; \`more\` leads to the entry here. ` +
    'A problem that follows from another one is not printed. The exit code is 1 if there is a problem, or if something could not be checked. ' +
    'It sends no telemetry: `make monitor-test` does, and finds the causes that show only under traffic.\n\n' +
    `> Names are those of the environment \`${environment}\`.`;
  const texts = sections.map(({ section, causes }) => sectionText(at, section, causes));
  return `# Troubleshooting\n\n${intro}\n\n${contents}\n\n${texts.join('\n')}`;
}

function sectionText(at: At, section: Section, causes: readonly AnyCause[]): string {
  const steps = guideOf(at, section).map(stepText).join('');
  const entries = causes.map((cause) => entryText(at, cause));
  return `<a id="${section}"></a>\n\n## ${SECTIONS[section]}\n\n${steps}${steps === '' ? '' : '\n'}${entries.join('\n')}`;
}

const stepText = ({ look, command }: Step, index: number): string =>
  `${index + 1}. ${look}\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`;

function entryText(at: At, { id, title, meaning, found, exampleOf }: AnyCause): string {
  const { part, cause, next } = exampleOf(at);
  const output = [part, `  cause  ${cause}`, `  next   ${next}`].join('\n');
  return `<a id="${id}"></a>\n\n### ${title}\n\n${meaning}\n\nHow it is found: ${found}\n\n\`\`\`\n${output}\n\`\`\`\n`;
}
