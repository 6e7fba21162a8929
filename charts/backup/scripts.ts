/** The shell scripts of a scheduled backup: one collects the copy, the other stores it. */
import { COLLECT, DATA } from './collect';
import { FOLDERS } from './folders';
import type { Source } from './sources';

/** Folder on the program's claim in which the copy is collected. */
export const STAGE = `${DATA}/${FOLDERS.scheduled}`;
/** File with the checksums, in the form of sha256sum. It is stored last: a copy without it is not complete. */
export const SUMS = 'SHA256SUMS';
/** File that says what the copy is of. */
export const ABOUT = 'about.json';

/** Where the claim with the copies is mounted. */
export const COPIES = '/copies';

/** Collects the copy and its checksums. $1 is the text of the file about it, with `%s` for the time. */
export const collectScript = ({ program, claim }: Source): string => `set -eu
rm -rf ${STAGE}
mkdir -p ${STAGE}/data
(${COLLECT[program](`${STAGE}/data/${claim}`)})
cd ${STAGE}
find data -type f -exec sha256sum {} + > ${SUMS}
printf "$1" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > ${ABOUT}
`;

/**
 * Stores the copy under the time, reads it back and compares it, and then deletes the oldest copies and those that are not complete. $1 is
 * the folder of the program's copies as rclone names it, $2 how many are kept. rclone takes passwords in a form that it calls obscured.
 */
export const STORE_SCRIPT = `set -eu
if [ -n "\${CRYPT_PASSWORD:-}" ]; then
  RCLONE_CONFIG_STORE_PASSWORD="$(printf %s "$CRYPT_PASSWORD" | rclone obscure -)"
  RCLONE_CONFIG_STORE_PASSWORD2="$(printf %s "$CRYPT_SALT" | rclone obscure -)"
  export RCLONE_CONFIG_STORE_PASSWORD RCLONE_CONFIG_STORE_PASSWORD2
fi
name="$(date -u +%Y%m%dT%H%M%SZ)"
target="$1/$name"
rclone copy ${STAGE}/data "$target/data"
rclone check --download ${STAGE}/data "$target/data"
rclone copy ${STAGE}/${ABOUT} "$target"
rclone copy ${STAGE}/${SUMS} "$target"
rm -rf ${STAGE}
complete="$(rclone lsf -R --files-only --include "/*/${SUMS}" "$1" | cut -d / -f 1 | sort -r)"
kept="$(echo "$complete" | head -n "$2")"
for found in $(rclone lsf --dirs-only "$1" | cut -d / -f 1); do
  echo "$kept" | grep -qx "$found" || rclone purge "$1/$found"
done
echo "stored $name; kept: $(echo $kept)"
`;
