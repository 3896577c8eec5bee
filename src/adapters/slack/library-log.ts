import { LogLevel, type webApi } from "@slack/bolt";
import type { Log } from "#core/ports";

/** A long line of the library's may carry a whole payload. */
const MOST_SAID = 300;
const TOKEN = /xox[a-z]-[\w-]+|xapp-[\w-]+/g;

const said = (messages: readonly unknown[]): string =>
  messages.map(String).join(" ").replaceAll(TOKEN, "…").slice(0, MOST_SAID);

/** What Slack's own libraries have to say, in our log; never what they received. */
export const libraryLog = (log: Log): webApi.Logger => ({
  debug: () => {},
  info: () => {},
  warn: (...messages) => log.warn("Slack's library", { says: said(messages) }),
  // What it calls an error it goes on from; what stops us is thrown and logged where it is caught.
  error: (...messages) => log.warn("Slack's library", { says: said(messages) }),
  setLevel: () => {},
  getLevel: () => LogLevel.INFO,
  setName: () => {},
});
