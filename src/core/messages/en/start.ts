import type { StoreTrouble } from "#core/store-failure";

const remedies: Readonly<Record<StoreTrouble, (where: string) => string>> = {
  unconfirmed: (where) => `${where} does not answer in time. It may only be busy: try again in a minute.`,
  "in-use": (where) =>
    `Another Rehearsal is using ${where}. Stop it, or give this one a folder of its own: REHEARSAL_DATA=./other npm start`,
  "read-only": (where) =>
    `${where} cannot be written. Make its folder writable for this user, or set REHEARSAL_DATA to a folder that is.`,
  full: (where) =>
    `The disk that holds ${where} is full. Free some space and start again; nothing that was recorded is lost.`,
  damaged: (where) =>
    `${where} is not a Rehearsal data file, or is damaged. rehearsal restore BACKUP --force puts your last backup in its place and keeps this file beside it; without a backup, move it away and begin anew.`,
  "newer-version": (where) =>
    `${where} was written by a newer version of Rehearsal. Start that version, or use another folder.`,
  unreachable: (where) =>
    `${where} cannot be opened. Check that the path or address is right, that its folder is a folder, and that what it names is running.`,
};

/** The same of a Redis, whose address is no path. */
const redisRemedies: Readonly<Record<StoreTrouble, (where: string) => string>> = {
  ...remedies,
  "read-only": (where) =>
    `Redis at ${where} takes no writes: it became a replica, or the user's rights changed. Look at ROLE and ACL GETUSER there.`,
  full: (where) =>
    `The memory or the disk of Redis at ${where} is full. Give it more (maxmemory); lookups go on, and nothing that was recorded is lost.`,
  damaged: (where) =>
    `Redis at ${where} holds something that Rehearsal did not write. Look what else uses it, or put your last backup in its place.`,
  unreachable: (where) =>
    `Redis at ${where} is away. Check that it runs and that this machine may reach it; Rehearsal goes on by itself when it is back.`,
};

const isRedis = (where: string): boolean => /^rediss?[+:]/.test(where);

export const start = {
  storeTrouble: (trouble: StoreTrouble, where: string): string =>
    (isRedis(where) ? redisRemedies : remedies)[trouble](where),
  pageIsAt: (url: string): string => `Today's question is at ${url}`,
  healthPort: (host: string, port: number): string =>
    `${host}:${port}, where health and metrics are to be read, cannot be opened. Set REHEARSAL_HEALTH_PORT to another port, or leave it empty.`,
  healthHost: (host: string): string =>
    `${host} is no address of this machine, so health and metrics cannot be read there. Set REHEARSAL_HEALTH_HOST to one that it has, 127.0.0.1 or 0.0.0.0.`,
  envUnreadable: (file: string): string =>
    `This user cannot read ${file}: give it to the user that the bot runs as.`,
  envFolder: (file: string): string =>
    `${file} is a folder. A container makes one where the file was missing when it started: remove the folder, make the file (.env.example shows what it holds), and start again.`,
  envEncoding: (file: string): string =>
    `${file} is not text in UTF-8. Save it anew as UTF-8; Windows PowerShell writes another encoding with > (Set-Content -Encoding utf8 does not).`,
  unknownFlag: (flag: string): string =>
    `There is no option ${flag}. Known are --terminal, --as NAME and --lang zh|en.`,
  badName: "--as takes a name of 1 to 40 letters, digits or signs that can be printed.",
  badLanguage: (typed: string): string => `--lang takes zh or en, not “${typed.slice(0, 20)}”.`,
};
