import type { Bilingual } from "#core/language";

export const slack = {
  notInstalled:
    "I am not installed in this workspace (any more). An admin adds me again with “Add to Slack”; then try again.",
  resultTitle: "Result",
  waitingTitle: "One moment",
  formTooLate:
    "Slack gives a form three seconds to open, and they were over. Press the button or send the command again.",
  lateResult:
    "Slack did not let me answer there in time. What you sent arrived all the same; here is what came of it:",
  sentDirectly: "This is longer than a window holds: I have sent it to you as a direct message.",
  fileSentDirectly: (name: string): string => `“${name}” is in our direct messages, where only you see it.`,
  fileNotSent: (name: string): string =>
    `“${name}” could not be put on Slack. Run the command again; if it stays so, an admin checks that I may upload files (files:write).`,
  cannotCheckAdmin: (scope: string | null): string =>
    scope === null
      ? "Slack did not tell me whether you are an admin here. Try again in a moment."
      : `I cannot see whether you are an admin: the scope ${scope} is missing. Whoever manages the app adds it under OAuth & Permissions and installs the app again.`,
  missingScope: (scope: string | null, why: Bilingual | null): string =>
    `I lack a scope: ${scope ?? "which one, Slack did not say"}${why === null ? "" : `, ${why.en}`}. Whoever manages the app adds it under OAuth & Permissions and installs the app again.`,
  notInChannel: (channel: string): string =>
    `I am not in #${channel}. Type /invite @Rehearsal there (or add me under Integrations), then try again.`,
  archived: (channel: string): string =>
    `#${channel} is archived. Unarchive it, or choose another channel with /settings.`,
  channelGone:
    "That channel is no longer there, or I was taken out of it. Invite me, or choose another one with /settings.",
  mayNotPost: (channel: string): string =>
    `I may not post in #${channel}: only some people may. An admin allows it under the channel's posting permissions; then try again.`,
  noSuchChannel:
    "This workspace has no such channel that I can see. Invite me there, then pick it from the list.",
  noDirectQuestion:
    "The daily question needs a channel, not a direct message. Pick one from the list under Channel.",
  stoppedPosting: (channel: string, why: string): string =>
    `The daily question in #${channel} is paused. ${why} I go on as soon as I am let in again; else switch it on with /settings.`,
  wrongToken:
    "Slack does not accept the bot's token. Copy it anew from OAuth & Permissions into REHEARSAL_SLACK_BOT_TOKEN, or run npm run setup slack. Everything else goes on without Slack.",
  wrongAppToken:
    "Slack does not accept the app-level token. Make one with the scope connections:write under Basic Information and put it into REHEARSAL_SLACK_APP_TOKEN, or run npm run setup slack. Everything else goes on without Slack.",
  portTaken: (port: number): string =>
    `Port ${port} is taken or may not be opened by this user, so Slack cannot deliver anything. Choose another one as REHEARSAL_SLACK_PORT. Everything else goes on without Slack.`,
};
