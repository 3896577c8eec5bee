const counted = (many: number, one: string, more: string): string => `${many} ${many === 1 ? one : more}`;

export const backup = {
  exists: (file: string): string => `${file} is there already. Give the backup a name of its own.`,
  restless: (where: string): string =>
    `${where} changes faster than it can be read. Try again at a quiet time, or stop the bot meanwhile; no file was written.`,
  noBackup: (file: string): string => `${file} is no backup of Rehearsal.`,
  newer: (file: string): string =>
    `${file} was made by a newer version of Rehearsal. Restore it with that version, or a later one.`,
  damaged: (file: string): string =>
    `${file} is damaged or not complete, so none of it was used. Take another copy of it, or an older backup.`,
  notEmpty: (where: string): string =>
    `${where} holds data. Give an empty place with --to, or --force to put the backup in its stead (a file that is there is kept beside it; a Redis is emptied).`,
  botsRun: (where: string, others: number): string =>
    `${counted(others, "connection", "connections")} of a running Rehearsal at ${where}. Stop every bot first.`,
  mayRun: (where: string): string =>
    `${where} does not tell this user who is connected, so a bot may be running there. Allow the user +client|list, or give a user who may with --to redis://user:password@host.`,
  differs: (where: string): string =>
    `What arrived at ${where} is not what the backup holds. Does a bot write there? Stop it, and restore again with --force.`,
  noLines: "This takes or restores everything once and takes no lines.",
  taken: (file: string, from: string, tenants: number, records: number, bytes: number): string =>
    `Backed up ${from} and read back: ${counted(records, "record", "records")} of ${counted(tenants, "tenant", "tenants")}, ${counted(bytes, "byte", "bytes")} in ${file}.`,
  keys: "Slack's tokens are in it sealed alone: keep REHEARSAL_SLACK_SEAL_KEYS too, somewhere else.",
  restored: (to: string, tenants: number, records: number, madeAt: string): string =>
    `Restored into ${to} and read back: ${counted(records, "record", "records")} of ${counted(tenants, "tenant", "tenants")}, as they were on ${madeAt}.`,
  before: (file: string): string => `What was there before is now ${file}.`,
};
