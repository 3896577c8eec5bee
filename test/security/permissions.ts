import type { Role } from "#core/request";

/** Something that a command does only for some of those who may run it. */
export interface GuardedAct {
  readonly what: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly who: Role;
}

/**
 * Who may run each command, and what of it is for fewer. What is not in here is nobody's: the test fails for a command
 * without a row.
 */
export const permissions: Readonly<
  Record<string, { readonly who: Role; readonly acts?: readonly GuardedAct[] }>
> = {
  quiz: { who: "member" },
  answer: { who: "member" },
  hint: { who: "member" },
  vram: { who: "member" },
  oom: { who: "member" },
  streak: { who: "member" },
  leaderboard: { who: "member" },
  practice: { who: "member" },
  interview: { who: "member" },
  history: { who: "member" },
  appeal: {
    who: "member",
    acts: [
      { what: "read another member's appeal", options: { look: "x" }, who: "editor" },
      { what: "decide an appeal", options: { look: "x", verdict: "hit" }, who: "editor" },
    ],
  },
  suggest: {
    who: "member",
    acts: [
      { what: "read a suggestion", options: { look: "x" }, who: "editor" },
      { what: "decide a suggestion", options: { look: "x", approve: true }, who: "editor" },
      { what: "take the approved ones away", options: { export: true }, who: "editor" },
    ],
  },
  content: { who: "editor" },
  settings: { who: "admin" },
  status: { who: "admin" },
  data: {
    who: "member",
    acts: [
      { what: "export the team's data", options: { what: "export", whose: "team" }, who: "admin" },
      { what: "ask to delete the team's data", options: { what: "delete", whose: "team" }, who: "admin" },
      {
        what: "delete the team's data",
        options: { what: "delete", whose: "team", confirm: "delete-everything" },
        who: "admin",
      },
      { what: "say how long answers are kept", options: { keep: 90 }, who: "admin" },
    ],
  },
  close: { who: "member" },
  help: { who: "member" },
};
