/** Why a token was not taken, where its look alone tells. */
type Mistaken = "public-key" | "application-id" | "client-secret" | "blanks" | "shape";

const mistaken: Readonly<Record<Mistaken, string>> = {
  "public-key": "That is the application's public key. The token is on the page “Bot”, behind “Reset Token”.",
  "application-id":
    "That is the application's id, which comes next. The token is on the page “Bot”, behind “Reset Token”.",
  "client-secret":
    "That looks like the client secret of the page “OAuth2”. The token is on the page “Bot”, behind “Reset Token”.",
  blanks: "There are blanks in it. Copy the token with its button and paste it as it is.",
  shape:
    "A token has three parts with two dots between them; this is not one. It is on the page “Bot”, behind “Reset Token”.",
};

export const setup = {
  usage:
    "npm run setup discord (or slack) asks for what is needed and checks it. Behind --: --yes asks nothing and writes .env, --lang zh|en. Discord: --guild ID tries the commands out in one server, --global registers them in all. Slack: --url https://… for many workspaces over HTTP, --prefix rh- before the commands' names, --without logs,mentions leaves parts and their scopes out.",
  unknownPlatform: (typed: string): string =>
    `I cannot set up “${typed.slice(0, 40)}”; I can set up discord and slack.`,
  unknownFlag: (flag: string): string => `There is no option ${flag}.`,
  badGuild: (typed: string): string =>
    `“${typed.slice(0, 40)}” is not the id of a server: that is a number of 17 to 20 digits. In Discord: Settings → Advanced → Developer Mode, then right-click the server → Copy Server ID.`,
  ended: "The input ended before everything was answered. Nothing was written.",

  welcome: (portal: string): string =>
    `Rehearsal on Discord. You need an application with a bot of your own:\n  1. ${portal} → New Application\n  2. Bot → Reset Token → copy the token\nNo privileged intent is needed: leave all three switched off.`,
  askToken: "Bot token (does not show while you type): ",
  foundToken: "The token that is set already is used.",
  noToken: "There is no token: set REHEARSAL_DISCORD_TOKEN, or run this in a terminal.",
  mistaken: (what: Mistaken): string => mistaken[what],
  wrongToken:
    "Discord does not know this token: it was reset, or a part of it is missing. Bot → Reset Token gives a new one.",
  tokenWorks: (name: string, id: string): string => `✔ The token belongs to “${name}” (${id}).`,
  askApplication: (id: string): string => `Application id [Enter: ${id}]: `,
  otherApplication: (given: string, id: string, name: string): string =>
    `The application id is ${given}, but the token belongs to “${name}” (${id}). Take both from the same application.`,
  unreachable: (host: string): string =>
    `${host} cannot be reached from here. Check the network, or the proxy in REHEARSAL_DISCORD_API; nothing was changed.`,
  refused: (status: number, what: string): string => `Discord refused (${status}): ${what}`,
  busy: (seconds: number): string => `Discord asks to wait ${seconds} s; run this again after that.`,

  askGuild: "Server id for trying out [Enter: every server]: ",
  registered: (commands: number, menus: number, guild: string | null): string =>
    `✔ ${commands} commands and ${menus === 1 ? "one entry" : `${menus} entries`} in the menu of messages are registered ${guild === null ? "in every server" : `in the server ${guild}`}. Members who have Discord open may have to reload it (Ctrl+R).`,
  cleared: (guild: string): string =>
    `✔ Those of the server ${guild} were taken back, so that none shows twice.`,
  notInGuild: (guild: string): string =>
    `The bot is not in the server ${guild}, or was invited without the scope applications.commands. Open this link, choose the server, then run this again:`,
  notCleared: (guild: string): string =>
    `The commands of the server ${guild} could not be taken back, because the bot is no longer there. If they show twice there, remove the bot from it and invite it again.`,

  invite: "Invite it with this link (you need “Manage Server” there):",
  scopes: "Scopes:",
  permissions: "Permissions, and nothing beyond them:",
  because: (name: string, why: string): string => `  ${name}: ${why}`,

  askWrite: (file: string): string => `Write token, application and server into ${file}? [Y/n] `,
  yes: /^(?:y|yes|)$/i,
  written: (file: string): string =>
    `✔ ${file} is written; only you can read it. Its other lines are as they were.`,
  notWritten: (names: string): string => `Nothing was written. The bot needs ${names} in its environment.`,
  nothingToWrite:
    "Nothing can be written here, and nothing needs to be: all of it is set in the environment.",
  unwritable: (file: string): string =>
    `${file} cannot be written. Make it writable for this user, or set the variables yourself.`,
  next: "Now: npm start, then /settings in the server chooses channel, time and language. /preview/discord on the page that npm start names shows what members will see.",
};
