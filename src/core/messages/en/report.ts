const members = (count: number): string => (count === 1 ? "1 member" : `${count} members`);
const questions = (count: number): string => (count === 1 ? "1 question" : `${count} questions`);
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

export const report = {
  title: (week: number, from: string, to: string): string => `Week ${week} together: ${from} to ${to}`,
  /** @param mean of the members' best scores; null where it is not told */
  took: (count: number, rounds: number, mean: number | null): string =>
    `${members(count)} answered ${questions(rounds)}${mean === null ? "." : `, ${mean} of 100 on average.`}`,
  /** @param weekday 0 for Monday */
  day: (weekday: number, date: string): string => `${weekdays[weekday] ?? ""} ${date}`,
  dayIs: (day: string, answered: number, passed: number): string =>
    `${day}: ${answered} answered, ${passed} earned the day.`,
  dayColumn: "Day",
  answered: "Answered",
  passed: "Earned the day",
  teamStreak: (rounds: number): string =>
    rounds === 0
      ? "The team streak starts anew with the next question."
      : `Team streak: ${rounds === 1 ? "1 question" : `${rounds} questions in a row`}.`,
  weakest: "Worth another look for all of us",
  pointIs: (title: string, had: number, partly: number, of: number): string =>
    `${title}: ${had} of ${of} had it${partly === 0 ? "" : `, ${partly} in part`}`,
  improved: "Most improved against the weeks before, of those who agreed to be named",
  gain: (gain: number): string => `+${gain}`,
  howNamed: "Your name stands here only if you say so; the button below does, and takes it back.",
  practise: "Practise",
  board: "Leaderboard",
  nameMe: "Name me when I improve",
  namedNow:
    "Done: in a week in which you improve most, the report names you and by how many points. The button takes it back.",
  unnamedNow: "Done: no report names you.",
  unnameMe: "Don't name me",
};
