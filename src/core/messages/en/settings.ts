import type { Bilingual } from "#core/language";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const dayName = (day: number): string => days[day - 1] ?? String(day);

/** `Mon–Fri, Sun` for [1, 2, 3, 4, 5, 7]. */
function weekdays(chosen: readonly number[]): string {
  if (chosen.length === 7) return "every day";
  const runs: number[][] = [];
  for (const day of chosen.toSorted()) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const short = (day: number | undefined): string => dayName(day ?? 0).slice(0, 3);
  return runs
    .map((run) => (run.length < 3 ? run.map(short).join(", ") : `${short(run[0])}–${short(run.at(-1))}`))
    .join(", ");
}

export const settings = {
  title: "Settings of the daily question",
  dayName,
  weekdays,

  state: "Daily question",
  on: "on",
  off: "off",
  time: "Time",
  zone: "Time zone",
  weekday: "Weekdays",
  holidays: "Holidays",
  topics: "Topics",
  language: "Language",
  close: "Closes",
  reveal: "Reveal",
  report: "Weekly report",
  score: "Pass score",
  catchup: "If late",
  excuse: "Excused days",
  editors: "Editors",
  channel: "Channel",

  noHolidays: "asked on holidays too",
  keepsHolidays: (place: string): string => `none on holidays of ${place}`,
  allTopics: "all",
  languages: { zh: "中文", en: "English" },
  closesNext: "when the next question comes, after 24 h at the latest",
  closesAfter: (hours: number): string => `${hours} h after it was asked`,
  revealed: "key points and a model answer are posted at the close",
  notRevealed: "nothing is posted at the close",
  reported: "the team's week is summed up on Monday at this time",
  notReported: "none",
  scores: (score: number): string => `an answer earns the day from ${score} of 100 on`,
  caughtUp: (hours: string): string => `posted up to ${hours} h after its time`,
  noEditors: "admins only",
  editorRoles: (count: number): string => `${count} chosen`,

  next: "The next question comes",
  nextNone: "By these settings no question ever comes.",
  nextOff: "Nothing is asked here until it is switched on.",
  fixed: (variables: readonly string[]): string =>
    `The time, zone, weekdays and holidays of this channel are set by ${variables.join(", ")}; without REHEARSAL_TIME they can be changed here.`,
  example: "In one line: /settings time=9:00 zone=Shanghai weekdays=1-5 holidays=CN on",
  saved: "Saved. It holds from the next question on.",

  what: "What do you want to change?",
  overview: "Nothing more",
  which: (what: string): string => `${what}: which?`,
  other: (what: string): string => `${what}: another`,
  save: "Save",
  timeHint: "For example 9:00, 21:30 or 9pm",
  zoneHint: "A city or a zone: Shanghai, Berlin, America/New_York",
  holidaysHint: "A country or a part of one: China, CN, DE-BY; none for nobody's",
  excuseHint: "A date on which nobody has to answer, like 12-25",
  excusedBy: (date: string): string => `${date}, excused by`,
  excused: (date: string): string =>
    `Nobody of this channel has to answer on ${date}: it breaks no streak and adds nothing. It stands recorded that you decided so, and cannot be taken back.`,
  badDate: (typed: string): string => `“${typed}” is not a date. Write it like 12-25 or 2026-12-25.`,
  farDate: (daysBack: number): string =>
    `A date can be excused from a year before it until ${daysBack} days after it.`,
  /** @param on the date of the first question that the channel has had before */
  runsOut: (left: number, on: string): string =>
    left === 0
      ? "Every question has been asked here. They come again, those asked longest ago first."
      : `${left === 1 ? "One question is" : `${left} questions are`} new here; from ${on} on old ones come again. More topics or a new pack bring new ones.`,
  everyTopic: "All topics",
  doReveal: "Post the reveal",
  dontReveal: "Don't post it",
  doReport: "Post the report",
  dontReport: "No report",
  noRoles: "Admins only",
  none: "None",

  preview: "Preview",
  test: "Test post",
  switchOn: "Switch on",
  switchOff: "Switch off",
  previewTitle: "So the daily post will look; only you see this",
  testTitle: "A test: nothing is asked, nothing counts",
  tested: "The test post is in the channel.",

  noSuchZone: (typed: string, near: readonly { readonly zone: string }[]): string =>
    near.length === 0
      ? `I know no time zone or city “${typed}”. Take a larger city nearby, or a zone like Europe/Berlin.`
      : `Which zone is “${typed}”? It could be ${near.map(({ zone }) => zone).join(", ")}.`,
  badTime: (typed: string): string => `“${typed}” is no time of day. Write it like 9:00, 21:30 or 9pm.`,
  badWeekdays: (typed: string): string =>
    `“${typed}” names no weekday. Write 1-5 (1 is Monday), Mon-Fri, weekdays or every-day.`,
  badClose: (typed: string): string =>
    `A question can close after 8 to 24 hours, or “next” for when the next one comes; not “${typed}”.`,
  badCatchup: (typed: string): string =>
    `A question can be posted 1 to 24 hours late at most, for example 4; not “${typed}”.`,
  noSuchTopic: (typed: string, topics: readonly Bilingual[]): string =>
    `There is no topic “${typed}”. There are: ${topics.map(({ en }) => en).join(", ")}; or “all”.`,
  tooManyTopics: (most: number): string => `More than ${most} topics are no choice: write topics=all.`,
  onlyHere: "There is only this one channel here, so there is none to choose.",
  noRolesHere: "There are no roles here: whoever sits at this machine may do everything.",
  busy: "Somebody else is changing these settings at this moment. Please look again and repeat yours.",
};
