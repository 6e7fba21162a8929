/** The leaf types of a configuration that are text, and references to Secrets. Each states in `x-allowed` what it takes. */
import * as z from 'zod';
import { CONTROL } from './texts';

/** Free text of one line that goes into labels, arguments and configurations in which some characters would mean more. */
export const line = (max: number) =>
  z
    .string()
    .regex(new RegExp(`^[^\\s"'\`$;#\\\\]([^\\n\\r"'\`$;#\\\\]{0,${max - 2}}[^\\s"'\`$;#\\\\])?$`))
    .refine((text) => !CONTROL.test(text))
    .meta({
      'x-allowed': `one line of text, at most ${max} characters, without quotes or any of $ ; # \\`,
      examples: ['jan'],
    });

/** Any text of one line, without blanks at its ends: for files in which every such text can be quoted or escaped. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\s\p{Cc}]([^\p{Cc}\u2028\u2029]*[^\s\p{Cc}])?$/u)
    .meta({
      'x-allowed': `one line of text, at most ${max} characters, without blanks at its ends`,
      examples: ['On call (level 1)'],
    });

/**
 * What Grafana replaces in its settings file, and nothing there escapes: references to variables and files
 * (grafana/grafana, pkg/setting/expanders.go), and to other keys (gopkg.in/ini.v1, key.go).
 */
export const INI_REFERENCE = /\$(__\w+)?\{[^}]+\}|%\([^)]+\)s/;

/** A text without such references. */
export const WITHOUT_INI_REFERENCE = new RegExp(`^(?!.*(${INI_REFERENCE.source}))`);

/** Such text, for Grafana's settings file. */
export const iniText = (max: number) =>
  text(max)
    .regex(WITHOUT_INI_REFERENCE)
    .meta({
      'x-allowed': `one line of text, at most ${max} characters, without blanks at its ends, and without \${…}, $__file{…} or %(…)s`,
      examples: ['EXAMPLE\\grafana'],
    });

/** A SecretKey. The value is mounted as a file, so that `.` and `..` are no keys (Kubernetes' own rule: IsConfigMapKey in apimachinery). */
export const secretKey = () =>
  z
    .strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/)
        .meta({ 'x-allowed': "the Secret's name", examples: ['smtp-credentials'] }),
      key: z
        .string()
        .regex(/^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/)
        .meta({
          'x-allowed': 'the key inside that Secret, not . alone and not with .. at its start',
          examples: ['password'],
        }),
    })
    .meta({
      'x-allowed': 'a key of an existing Secret: {name, key}',
      examples: [{ name: 'smtp-credentials', key: 'password' }],
    });
