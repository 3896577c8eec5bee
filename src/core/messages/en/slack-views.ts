/** Words of Slack's modals, menus and Home tab. */
export const slackViews = {
  cancel: "Cancel",
  close: "Close",
  yes: "yes",
  no: "no",
  /** What was typed, offered as it stands beside what was found for it. */
  asTyped: (typed: string): string => `“${typed}” as typed`,
  optional: "May stay empty.",
  more: "Anything else",
  moreHint: "As one would type it: optimizer=adamw zero3 flash",
  estimate: "Send",
  scoring: "Your answer has arrived and is being scored.",
};
