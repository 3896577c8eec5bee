import type { Bilingual } from "#core/language";

interface Lacking {
  readonly label: Bilingual;
  readonly why: Bilingual;
}

const counted = (many: number, one: string, more: string): string => `${many} ${many === 1 ? one : more}`;

export const doctor = {
  subjects: {
    settings: "Settings: ",
    node: "Node: ",
    zones: "Time zones: ",
    content: "Questions: ",
    data: "Data file: ",
    redis: "Redis: ",
    clock: "Clock: ",
    discord: "Discord: ",
    slack: "Slack: ",
    judge: "Second reader: ",
    ports: "Ports: ",
  },
  noLines: "This looks at everything once and takes no lines.",
  end: (fails: number, warnings: number, isOnline: boolean): string => {
    const found =
      fails > 0
        ? `${counted(fails, "thing keeps", "things keep")} the bot from its work${warnings > 0 ? `; ${counted(warnings, "more is", "more are")} worth a look` : ""}.`
        : warnings > 0
          ? `Nothing keeps the bot from its work; ${counted(warnings, "thing is", "things are")} worth a look.`
          : "Everything is as it should be.";
    return isOnline
      ? found
      : `${found} Discord, Slack and the second reader were not asked; --online asks them.`;
  },
  broken: (what: string): string => `could not be looked at (${what}). That is a defect: please report it.`,

  settings: (count: number): string => `${count} set, all of them known and usable.`,
  badSetting: (name: string, what: string): string => `${name}: ${what} (see .env.example).`,
  refusedSetting: (name: string, why: string): string => `${name}: ${why}`,
  unknownSetting: (name: string, meant: string | null): string =>
    `there is no ${name}, so it does nothing.${meant === null ? " .env.example lists all there are." : ` Did you mean ${meant}?`}`,
  envTwice: (file: string, name: string): string =>
    `${name} stands in ${file} more than once. The last one counts here; kubectl takes no such file. Keep one line.`,
  envLine: (file: string, line: number, name: string): string =>
    `line ${line} of ${file} names ${name} and does nothing: a setting is written ${name}=VALUE, with nothing before it.`,
  envOpen: (file: string): string =>
    `others on this machine can read ${file} and the tokens in it: chmod 600 ${file}`,

  node: (version: string): string => `${version}.`,
  oldNode: (version: string, oldest: number): string =>
    `${version} is too old: Node ${oldest} or later; npm ci brings it, and npm start uses it.`,
  zones: (tz: string, count: number): string => `tz ${tz}, ${count} zones.`,
  smallIcu: (count: number): string =>
    `this Node knows ${count} zones and not every language: use one that was built with full ICU (the official ones are).`,
  oldZones: (tz: string): string =>
    `tz ${tz} is old: where clocks were changed by law since, questions come at the wrong hour. Update Node.`,
  content: (count: number): string =>
    `${counted(count, "question", "questions")} to ask, with all that belongs to them.`,
  noQuestions: "there is none to ask: the folder content/ is not that of a release.",
  badContent: (where: string, count: number): string =>
    `${where}${count > 1 ? ` (and ${counted(count - 1, "more fault", "more faults")})` : ""}. Put the release's own folder content/ back, or mend the pack.`,

  dataFile: (file: string, mebibytes: number): string =>
    `${file} is whole (${mebibytes} MiB) and not in use.`,
  dataInUse: (file: string, mebibytes: number): string =>
    `${file} (${mebibytes} MiB) is in use by a running Rehearsal.`,
  noDataFile: (file: string): string => `${file} will be made at the first start.`,
  olderData: (layout: number, own: number): string =>
    `it is of an older release (${layout}, now ${own}) and is brought up to date at the next start. Back it up first: older releases cannot read it afterwards.`,
  dataOpen: (file: string): string =>
    `others on this machine can read ${file} and what members wrote: chmod 600 ${file}*`,
  space: (folder: string, mebibytes: number): string => `${mebibytes} MiB are free in ${folder}.`,
  littleSpace: (folder: string, mebibytes: number): string =>
    `only ${mebibytes} MiB are free in ${folder}: make room before it is full.`,
  noSpace: (folder: string, mebibytes: number): string =>
    `${mebibytes} MiB are free in ${folder}: answers cannot be kept much longer. Make room now.`,

  redis: (where: string, version: string, median: number, longest: number): string =>
    `version ${version} at ${where} keeps what it is given; it answers within ${median} ms, at worst ${longest} ms.`,
  aclLacks: (where: string, names: readonly string[]): string =>
    `the user at ${where} may not call ${names.join(", ")}. The README has the ACL line that allows it.`,
  aclKeys: (where: string): string =>
    `the user at ${where} may not use every key that Rehearsal needs. The README has the ACL line that allows it.`,
  aclWide: (where: string, names: readonly string[]): string =>
    `the user at ${where} may call ${names.join(", ")}, which Rehearsal never does. Give it a user of its own: the README has the ACL line.`,
  aclNoRewrite: (where: string): string =>
    `the user at ${where} may not call BGREWRITEAOF, so what /data delete removes stays in the append-only file until Redis writes that anew by itself. Add +bgrewriteaof to its ACL line, where the host lets you.`,
  redisDisk: (where: string): string =>
    `${where} could not write its append-only file. Look at its disk and its log: nothing that is recorded now is safe.`,
  redisMemory: (where: string, percent: number): string =>
    `${where} has used ${percent} % of its memory. Raise maxmemory before it is full: then it takes no more answers.`,
  redisSlow: (where: string, median: number, longest: number): string =>
    `${where} takes ${median} ms to answer, at worst ${longest} ms. Bring it nearer: members wait for several answers in a row.`,
  durabilityNone: "REHEARSAL_REDIS_DURABILITY=none: nothing is promised of what is recorded.",

  clock: (whose: string, seconds: number): string => `within ${seconds} s of that of ${whose}.`,
  noClock: "there was none to compare it with.",
  clockOff: (whose: string, seconds: number, isBehind: boolean): string =>
    `this machine's is ${seconds} s ${isBehind ? "behind" : "ahead of"} that of ${whose}. Switch time synchronisation on (timedatectl set-ntp true): deliveries are refused from five minutes on.`,

  tokenShape: "what is set looks as it should.",
  tokenOf: (name: string): string => `the token belongs to “${name}”.`,
  tokenIn: (user: string, team: string): string => `the token is good: @${user} in “${team}”.`,
  noGuilds: "the bot is in no server yet: npm run setup discord prints the invitation.",
  permissions: (guilds: number): string =>
    `it may do everything it needs in ${counted(guilds, "server", "servers")}; a channel may still forbid it something, which /settings tells.`,
  lacksPermissions: (guild: string, lacking: readonly Lacking[]): string =>
    `in “${guild}” it lacks ${lacking.map(({ label, why }) => `${label.en} (${why.en})`).join(", ")}. Server Settings → Roles grants it.`,
  registered: (count: number): string => `all ${count} commands are registered.`,
  unregistered: (names: readonly string[]): string =>
    `${counted(names.length, "command is", "commands are")} not registered (${names.join(", ")}): npm run setup discord, or in a container rehearsal setup discord --yes`,
  gateway: (shards: number, remaining: number): string =>
    `${counted(shards, "shard is", "shards are")} advised; ${counted(remaining, "more connection", "more connections")} today.`,
  fewStarts: (remaining: number, minutes: number): string =>
    `it may connect only ${remaining} more times in the next ${minutes} min. Something restarts it again and again: look at its log.`,
  fewShards: (set: number, advised: number): string =>
    `REHEARSAL_DISCORD_SHARDS names ${counted(set, "shard", "shards")}, Discord advises ${advised}: raise it before Discord refuses to connect.`,
  lacksScope: (scope: string, why: Bilingual): string =>
    `the scope ${scope} is missing: ${why.en}. OK without that; else OAuth & Permissions → Bot Token Scopes, then reinstall.`,
  judge: (host: string): string => `${host} answers.`,
  judgeAway: (host: string): string =>
    `${host} cannot be reached from here. Answers keep the score by rules meanwhile.`,
  judgeKey: (host: string, status: number): string =>
    `${host} does not take REHEARSAL_JUDGE_KEY (${status}). Make a new key there.`,
  judgeModel: (host: string, model: string): string =>
    `${host} does not list the model ${model}. Check REHEARSAL_JUDGE_MODEL.`,
  ownAddress: (url: string): string => `${url} leads to a running Rehearsal.`,
  ownAddressElsewhere: (url: string, status: number): string =>
    `${url} answers ${status}, and it is not Rehearsal that answers. Start the bot; if it runs, what stands before it must hand everything under ${url} on to REHEARSAL_SLACK_PORT.`,
  ownAddressAway: (url: string): string =>
    `${url} cannot be reached from here. Slack must reach it: check its name, its certificate and what stands before it.`,

  freePort: (variable: string, port: number): string => `${port} (${variable}) is free.`,
  takenPort: (variable: string, port: number): string =>
    `${port} (${variable}) is taken by something that is not Rehearsal: the bot would not start. Choose another port, or end what has it (ss -ltnp 'sport = :${port}' names it).`,
  ownPort: (variable: string, port: number): string => `${port} (${variable}) is a running Rehearsal's.`,
  foreignAddress: (variable: string, host: string): string =>
    `${host} is no address of this machine: set ${variable.replace(/PORT$/, "HOST")} to one that it has, 127.0.0.1 or 0.0.0.0.`,
  samePort: (variable: string, other: string, port: number): string =>
    `${variable} and ${other} both name ${port}: give one of them another.`,
  badPort: (variable: string, port: number, why: string): string =>
    `nobody can listen on ${port} (${variable}): ${why}. Ports below 1024 are the system's; choose a higher one.`,
};
