const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

export const data = {
  title: "Your data",
  about: (textsDays: number): string =>
    `What is kept of you here: your answers with their scores, your study days, hints, practice, board points, reminders, appeals, suggestions and interviews. The words of answers are kept for ${days(textsDays)}; then scores and days stay, and the words go. Others see your words only where you offered them.`,
  exportMine: "Export my data",
  deleteMine: "Delete my data",
  exportTeam: "Export the team's data",
  deleteTeam: "Delete the team's data",

  exported: (files: number): string =>
    files === 1
      ? "Everything that is kept of you here, as a JSON file. It is for you alone."
      : `Everything that is kept of you here, as ${files} JSON files. They are for you alone.`,
  exportedJustNow: (seconds: number): string =>
    `You have just had an export, or one is still being made. Ask again in ${seconds} seconds if you need another.`,
  sureTitle: "Delete everything that is kept of you here?",
  sure: "Answers, scores, streak, board points, reminders, appeals, suggestions and what you said in interviews go for good, at once; nobody can bring them back. The team's averages are worked out from whoever is left. What others have read already stays where it was posted.",
  sureButton: "Yes, delete all of it",
  exportFirst: "Export first",
  tooOld: "That button is too old to delete anything. Send /data delete and confirm again.",
  deleted:
    "Done: nothing of yours is kept here any more. One thing stays: a digest of your id and the time, so that nothing you sent before comes back by a late delivery. You can begin anew at any time.",
  sentBefore:
    "That was sent before your data was deleted here, so it was left alone: nothing was recorded. Send it again if you want it to count.",

  adminsOnly: "Only admins can export or delete the team's data. Yours alone: /data export, /data delete.",
  teamExported: (records: number): string =>
    `What is the team's, ${records} records as JSON lines, for you alone: settings, questions, rounds, everybody's scores and days. Members' words are in it only where they offered them under their name; practice, reminders and private notes are not.`,
  teamTooLarge: (megabytes: number): string =>
    `This team's data has more than ${megabytes} MB, which no chat takes as a file. Whoever runs the bot can copy all of it: npm run rehearsal -- backup.`,
  teamSure: (word: string): string =>
    `This deletes everything of this team: all members' answers, streaks, boards, settings, question packs and interviews. Nobody can bring it back. To do it, type ${word}.`,
  teamForm: "Delete the team's data",
  teamField: (word: string): string => `Type ${word}`,
  teamWord: "delete-everything",
  teamWrong: (word: string): string =>
    `Nothing was deleted: what you typed is not “${word}”. /data delete team begins again.`,
  teamDeleted:
    "Done: nothing of this team is kept any more. The daily question is off until /settings switches it on.",
  backups:
    "Whoever runs the bot: copies made before still hold it. Delete or let expire what `npm run rehearsal -- backup` wrote, copies of the data file (rehearsal.db), what Redis keeps on replicas and in dump.rdb until these are written anew, and logs of proxies. Redis is asked to write its append-only file anew within minutes; where it does not let the bot ask, the log says so.",

  keptDays: (count: number): string =>
    `The words of answers are kept for ${days(count)} from now on. Older ones go within minutes; scores and days stay.`,
  keptUsual: (count: number): string => `The usual again: the words of answers are kept for ${days(count)}.`,
  textGone: "The words of this answer are no longer kept; its score stays.",
};
