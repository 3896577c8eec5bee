import type { Bilingual } from "#core/language";

/** Permissions as they stand in a server's settings; which they are is not always known. */
const named = (permissions: readonly Bilingual[]): string =>
  permissions.length === 0
    ? "a permission that the invitation asks for"
    : permissions.map(({ en }) => en).join(", ");

export const discord = {
  shownBelow: "It stands below, for everybody in the channel.",
  lateResult:
    "Discord did not let me answer in time. Your answer arrived all the same; here is what came of it:",
  sentPrivately: "I have sent you a direct message.",
  cannotWriteToYou:
    "What I have to say is for you alone, and you take no direct messages from this server. Allow them in its privacy settings, or use /answer here: its reply is only for you. What you sent is kept, and /history shows it.",
  forServer: (name: string): string => `This one, and what you write to me from now on, is for “${name}”.`,
  whichServer: "We study together in several servers. Which one is this for?",
  noServer:
    "I do not know yet in which server you study. Run a command such as /quiz there once, then write to me here.",
  serverGone: "I am no longer in that server, or you are not. Run a command in the one where you study.",
  lacks: (channel: string, permissions: readonly Bilingual[]): string =>
    `In #${channel} I lack: ${named(permissions)}. An admin grants it under Edit channel → Permissions, for my role; then try again.`,
  lacksThreads: (channel: string, permissions: readonly Bilingual[]): string =>
    `The model answer stands in #${channel} itself and not in a thread, because I lack: ${named(permissions)}. An admin grants it under Edit channel → Permissions, for my role.`,
  channelGone: "That channel is no longer there. Choose another one with /settings.",
  noSuchChannel: "This server has no such text channel. Pick one from the list under Channel.",
  stoppedPosting: (channel: string, permissions: readonly Bilingual[]): string =>
    `The daily question in #${channel} is paused: I lack ${named(permissions)} there. Grant it under Edit channel → Permissions, for my role, and switch the question on again with /settings.`,
  wrongToken:
    "Discord does not accept the bot's token. Copy it anew from the developer portal (Bot → Reset Token) into REHEARSAL_DISCORD_TOKEN, or run npm run setup discord. Everything else goes on without Discord.",
  unreachable:
    "Discord cannot be reached; it is tried again until it can. Everything else goes on meanwhile.",
  revealIn: (date: string): string => `${date} · key points and model answer`,
};
