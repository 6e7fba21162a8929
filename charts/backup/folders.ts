/** Folders that backups and restores make on the claim of a program. */
export const FOLDERS = {
  /** `monitor-backup` collects a copy in it. */
  backup: '.backup',
  /** A CronJob collects a copy in it; another one than that of `monitor-backup`. */
  scheduled: '.backup-scheduled',
  /** `monitor-restore` collects the new data in it, and keeps the old. */
  restore: '.restore',
} as const;

/** What is on a claim and is not the program's data: backups leave it out, and a restore leaves it where it is. */
export const NOT_DATA: readonly string[] = [...Object.values(FOLDERS), 'lost+found'];
