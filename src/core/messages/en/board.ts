import type { BoardSpan } from "#core/board/spans";

const spans: Readonly<Record<BoardSpan, string>> = {
  week: "This week",
  month: "This month",
  all: "All time",
  "last-week": "Last week",
  "last-month": "Last month",
};

const points = (count: number): string => (count === 1 ? "1 point" : `${count} points`);

export const board = {
  span: (span: BoardSpan): string => spans[span],
  title: (span: BoardSpan): string => `Leaderboard: ${spans[span].toLowerCase()}`,
  from: (from: string, to: string): string => `${from} to ${to}`,
  place: (place: number, count: number): string => `${place}. ${points(count)}`,
  more: (count: number): string =>
    `And ${count === 1 ? "1 more member" : `${count} more members`} with points.`,
  nobody: "Nobody has points here yet. Today's question is a good place to begin.",

  you: (place: number, of: number, count: number): string =>
    `You: place ${place} of ${of}, ${points(count)}.`,
  first: "Nobody has more.",
  toNext: (count: number): string => `${points(count)} to the next place.`,
  noneOfYours: "You have no points here yet.",
  youHidden: (place: number, count: number): string =>
    `You are hidden, so only you see this: with ${points(count)} you would be in place ${place}.`,
  hidden: "You are hidden: nobody sees you here.",

  rule: (hintCost: number): string =>
    `The best answer of each day counts with its score if it earned the day, less ${hintCost} for every hint taken before it. How fast it came never matters; the same points share a place.`,
  share: "Show to the channel",
  hide: "Hide me",
  show: "Show me",
  hiddenNow:
    "Done: your name stands on no board and in no list any more, and nobody's place depends on you. You still see your own points here.",
  shownNow: "Done: others see you on the boards again, with all your points.",
};
