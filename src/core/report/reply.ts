import type { Picture, ReportPicture } from "#core/charts";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { type Block, publicReply, type Reply } from "#core/reply";
import { daysBetween } from "#core/round/calendar";
import type { WeekFacts } from "./week.ts";

/** What a week's picture shows: all but the names. */
export const pictureOf = ({ improved: _, weakest, ...facts }: WeekFacts, locale: Locale): ReportPicture => ({
  ...facts,
  weakest: weakest.map(({ title, ...point }) => ({ label: title[locale], ...point })),
});

/** The report as it stands in the channel: the picture, and all that it shows in words. */
export function reportReply(facts: WeekFacts, picture: Picture | null, locale: Locale): Reply {
  const { report: say, charts } = messagesFor(locale);
  const { week, from, to, days, members, mean, teamStreak, weakest, improved } = facts;
  const weak: Block[] =
    weakest.length === 0
      ? []
      : [
          { kind: "heading", text: say.weakest },
          {
            kind: "list",
            ordered: false,
            items: weakest.map(({ title, had, partly, of }) => say.pointIs(title[locale], had, partly, of)),
          },
        ];
  const names: Block[] =
    improved.length === 0
      ? []
      : [
          { kind: "heading", text: say.improved },
          ...improved.map(
            ({ member, gain }): Block => ({ kind: "members", label: say.gain(gain), members: [member] }),
          ),
        ];
  return publicReply(
    { kind: "heading", text: say.title(Number(week.slice(-2)), from, to) },
    ...(picture === null ? [] : [{ kind: "picture" as const, ...picture }]),
    {
      kind: "text",
      text: [say.took(members, days.length, mean), say.teamStreak(teamStreak)].join(charts.space),
    },
    {
      kind: "table",
      columns: [
        { label: say.dayColumn, align: "left" },
        { label: say.answered, align: "right" },
        { label: say.passed, align: "right" },
      ],
      rows: days.map(({ date, answered, passed }) => [
        say.day(daysBetween(from, date), date),
        String(answered),
        String(passed),
      ]),
      repeats: "picture",
    },
    ...weak,
    ...names,
    { kind: "note", text: say.howNamed },
    {
      kind: "buttons",
      buttons: [
        { label: say.practise, action: { command: "practice", options: {} }, style: "primary" },
        { label: say.board, action: { command: "leaderboard", options: {} }, style: "secondary" },
        {
          label: say.nameMe,
          action: { command: "leaderboard", options: { improved: true } },
          typed: "/leaderboard improved=yes",
          style: "secondary",
        },
      ],
    },
  );
}
