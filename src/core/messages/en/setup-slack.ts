/** Why a token was not taken, where its look alone tells. */
type Mistaken = "app-token" | "bot-token" | "user-token" | "webhook" | "blanks" | "shape";

const mistaken: Readonly<Record<Mistaken, string>> = {
  "app-token":
    "That is the app-level token (xapp-…). Here the bot's is wanted: OAuth & Permissions → Bot User OAuth Token (xoxb-…).",
  "bot-token":
    "That is the bot's token (xoxb-…). Here the app-level one is wanted: Basic Information → App-Level Tokens (xapp-…).",
  "user-token":
    "That is a person's token (xoxp-…). The bot's is under OAuth & Permissions → Bot User OAuth Token (xoxb-…).",
  webhook:
    "That is the address of a webhook. The token is under OAuth & Permissions → Bot User OAuth Token (xoxb-…).",
  blanks: "There are blanks in it. Copy it with its button and paste it as it is.",
  shape: "That does not look like what is wanted. Copy it with its button from the page that is named above.",
};

export const setupSlack = {
  welcome: (file: string | null): string =>
    `Rehearsal on Slack. The app is made from one manifest; it is in ${file === null ? "" : `${file}, and in `}this link:`,
  openLink:
    "  1. Open the link, choose the workspace, then Next → Create. (Where the link is too long for the browser: Create New App → From a manifest, and paste the file.)",
  install: "  2. Install App → Install to Workspace.",
  distribute: "  2. Manage Distribution → activate public distribution, if other workspaces are to add it.",
  asks: "It asks for these scopes, and for nothing beyond them:",
  because: (scopes: string, why: string): string => `  ${scopes}: ${why}`,
  without: (names: readonly string[]): string =>
    names.length === 0 ? "" : `Each of these can be left out with --without: ${names.join(", ")}.`,
  unknownFeature: (typed: string, names: readonly string[]): string =>
    `There is no part “${typed.slice(0, 40)}” to leave out; there are ${names.join(", ")}.`,
  badUrl: (typed: string): string =>
    `“${typed.slice(0, 80)}” is not an address that Slack can reach: https://, a host, and nothing behind it.`,
  badPrefix: (typed: string): string =>
    `“${typed.slice(0, 40)}” cannot stand before a command's name: up to 16 lower-case letters, digits and hyphens, like rh-.`,

  askBotToken: "Bot User OAuth Token, from OAuth & Permissions (does not show while you type): ",
  askAppToken:
    "App-level token with the scope connections:write, from Basic Information → App-Level Tokens → Generate (does not show): ",
  askClientId: "Client ID, from Basic Information: ",
  askClientSecret: "Client Secret, from Basic Information (does not show): ",
  askSigningSecret: "Signing Secret, from Basic Information (does not show): ",
  found: (name: string): string => `${name} is set already and is used.`,
  none: (name: string): string => `${name} is not set: set it, or run this in a terminal.`,
  mistaken: (what: Mistaken): string => mistaken[what],
  wrongToken: (code: string): string =>
    `Slack does not know this token (${code}): it was revoked, or a part of it is missing. Install App → Reinstall gives a new one.`,
  wrongAppToken: (code: string): string =>
    code === "missing_scope" || code === "not_allowed_token_type"
      ? "This token may not open connections. Generate one with the scope connections:write under Basic Information → App-Level Tokens."
      : `Slack does not know this app-level token (${code}). Generate a new one with the scope connections:write.`,
  tokenWorks: (user: string, team: string): string => `✔ The token is good: @${user} in “${team}”.`,
  connects: "✔ Socket Mode: a connection can be opened.",
  lacks: "Scopes are missing:",
  lacksHint:
    "Add them under OAuth & Permissions → Bot Token Scopes and reinstall the app, or go on without what they are for.",
  tooMany: (scopes: readonly string[]): string =>
    `It has scopes that are not needed: ${scopes.join(", ")}. They can go.`,
  allScopes: "✔ Every scope is there.",
  lacksNeeded: (scope: string): string =>
    `Without ${scope} nothing works. Add it under OAuth & Permissions → Bot Token Scopes, reinstall the app, then run this again.`,
  unreachable: (host: string): string =>
    `${host} cannot be reached from here. Check the network, or the address in REHEARSAL_SLACK_API; nothing was changed.`,
  busy: (seconds: number): string => `Slack asks to wait ${seconds} s; run this again after that.`,

  askChannel: "Channel for a test post, by its id or name [Enter: none]: ",
  testPost: "Rehearsal can post here. /settings chooses when the daily question comes.",
  posted: (channel: string): string => `✔ Posted in ${channel}.`,
  notPosted: (channel: string, code: string): string =>
    code === "not_in_channel" || code === "channel_not_found"
      ? `Not in ${channel}: type /invite @Rehearsal there; private channels are only seen from inside. Then try again.`
      : code === "is_archived"
        ? `${channel} is archived. Choose another.`
        : `Slack did not take the post in ${channel}: ${code}.`,

  askWrite: (file: string): string => `Write these settings into ${file}? [Y/n] `,
  notWritten: (names: string): string => `Nothing was written. The bot needs ${names} in its environment.`,
  next: "Now: npm start, then /settings in the channel chooses time and language. /preview/slack on the page that npm start names shows what members will see.",
  nextHttp: (url: string): string =>
    `Now: npm start behind ${url}, then ${url}/slack/install adds it to a workspace, and /settings in a channel chooses time and language.`,
};
