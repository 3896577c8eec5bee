import { pointList } from "#core/feedback/reveal";
import type { MemberId } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Library } from "#core/pack/library";
import { type Block, publicReply, type Reply } from "#core/reply";
import { buttonRow, doButton } from "./buttons.ts";
import { followUpById } from "./follow-ups.ts";
import { type Interview, presentSeats, type Task, type Turn } from "./interview.ts";
import { LOBBY_MS } from "./limits.ts";
import { summaryPost } from "./summary.ts";

export type Sources = Pick<Library, "question" | "topic" | "document">;

const members = (label: string, list: readonly MemberId[]): Block[] =>
  list.length === 0 ? [] : [{ kind: "members", label, members: list }];

/** The first message, as things stand: who is in it, and how to come in. */
export function firstPost(interview: Interview, { topic }: Sources): Reply {
  const { locale, host, phase, minutes, questions } = interview;
  const say = messagesFor(locale).interview;
  const about =
    interview.topic === null ? say.allTopics : (topic(interview.topic)?.[locale] ?? interview.topic);
  const there = presentSeats(interview).map(({ member }) => member);
  const head: Block[] = [
    { kind: "heading", text: say.title },
    { kind: "text", text: say.howItGoes },
    {
      kind: "fields",
      fields: [
        { label: say.topicLabel, value: about },
        { label: say.questionsLabel, value: questions === null ? say.onePerMember : String(questions) },
        { label: say.minutesLabel, value: String(minutes) },
      ],
    },
  ];
  const who = [...members(say.hostLabel, [host]), ...members(say.membersLabel, there)];
  if (phase === "over") {
    const why = interview.over?.why ?? "ended";
    return publicReply(
      ...head,
      { kind: "note", text: say.over(why) },
      ...(interview.turns.length === 0 ? [] : [buttonRow(doButton("report", interview, locale))]),
    );
  }
  const join = doButton("join", interview, locale, { style: "primary" });
  const begin = doButton("next", interview, locale, { label: say.beginButton, from: "lobby" });
  const inLobby = phase === "lobby";
  return publicReply(
    ...head,
    ...who,
    { kind: "note", text: inLobby ? say.consentNote : say.isRunning },
    ...(inLobby
      ? [{ kind: "deadline" as const, label: say.beginBy, at: interview.createdAt + LOBBY_MS }]
      : []),
    buttonRow(
      join,
      ...(inLobby ? [begin] : []),
      doButton("show", interview, locale),
      doButton("leave", interview, locale),
    ),
  );
}

const askedBlocks = (interview: Interview, number: number, turn: Turn, sources: Sources): Block[] => {
  const { locale } = interview;
  const say = messagesFor(locale).interview;
  const of = Math.max(interview.questions ?? 0, number + 1);
  const question = sources.question(turn.question);
  return [
    { kind: "heading", text: say.questionTitle(number + 1, of) },
    { kind: "text", text: question?.text[locale] ?? turn.question },
    ...(turn.isRepeated ? [{ kind: "note" as const, text: say.repeated }] : []),
  ];
};

/** A question with its roles and its time; once that is over, without the buttons that would be refused. */
export function questionPost(interview: Interview, number: number, sources: Sources): Reply | null {
  const turn = interview.turns[number];
  if (turn === undefined) return null;
  const { locale } = interview;
  const say = messagesFor(locale).interview;
  const { candidate, interviewer } = turn;
  const observers = presentSeats(interview)
    .map(({ member }) => member)
    .filter((member) => member !== candidate && member !== interviewer);
  const asked = askedBlocks(interview, number, turn, sources);
  const roles = [
    ...members(say.candidateLabel, [candidate]),
    ...(interviewer === null
      ? [{ kind: "note" as const, text: say.botAsks }]
      : members(say.interviewerLabel, [interviewer])),
    ...(turn.phase === "resolved" ? [] : members(say.observersLabel, observers)),
  ];
  if (turn.phase !== "answering") return publicReply(...asked, ...roles);
  const button = (doing: Parameters<typeof doButton>[0], style: "primary" | "secondary" = "secondary") =>
    doButton(doing, interview, locale, { turn: number, style });
  return publicReply(
    ...asked,
    ...roles,
    { kind: "note", text: say.answerAloud },
    { kind: "deadline", label: say.answerUntil, at: turn.endsAt },
    buttonRow(button("answer", "primary"), button("notes"), button("card"), button("hint")),
    buttonRow(doButton("next", interview, locale, { turn: number, from: "answering" }), button("skip")),
  );
}

function settlingPost(interview: Interview, task: Extract<Task, { kind: "settling" }>): Reply {
  const { locale } = interview;
  const say = messagesFor(locale).interview;
  const { turn: number, endsAt } = task;
  const ended = interview.turns[number]?.ended;
  const labels = {
    "time-up": say.settlingTimeUp,
    next: say.settlingNext,
    "candidate-left": say.settlingLeft,
  } as const;
  const button = (doing: Parameters<typeof doButton>[0]) =>
    doButton(doing, interview, locale, { turn: number });
  const goOn = { turn: number, label: say.goOnButton, from: "settling" } as const;
  return publicReply(
    { kind: "deadline", label: labels[ended ?? "next"], at: endsAt },
    buttonRow(
      ...(ended === "time-up" ? [button("answer"), button("notes")] : []),
      button("card"),
      doButton("next", interview, locale, goOn),
    ),
  );
}

function resolvedPost(interview: Interview, number: number, sources: Sources): Reply {
  const { locale } = interview;
  const say = messagesFor(locale).interview;
  const turn = interview.turns[number];
  const question = turn === undefined ? undefined : sources.question(turn.question);
  return publicReply(
    { kind: "heading", text: say.resolvedTitle(number + 1) },
    ...(question === undefined ? [] : [pointList(question, locale, sources)]),
    ...(turn?.score === null ? [{ kind: "note" as const, text: say.wasNothing }] : []),
  );
}

function followUpPost(
  interview: Interview,
  task: Extract<Task, { kind: "follow-up" }>,
  sources: Sources,
): Reply {
  const { locale, turns } = interview;
  const say = messagesFor(locale).interview;
  const question = sources.question(turns[task.turn]?.question ?? "");
  const followUp = question === undefined ? null : followUpById(question, task.id);
  const text = followUp?.text[locale] ?? "";
  return publicReply(
    { kind: "heading", text: say.followUp },
    { kind: "text", text: followUp?.leadsToPoint === true ? say.missingPart(text) : text },
    ...(task.by === null ? [] : members(say.interviewerLabel, [task.by])),
  );
}

/** What a task posts into the thread; null for what is no message of its own. */
export function postFor(interview: Interview, task: Task, sources: Sources): Reply | null {
  const { locale } = interview;
  const say = messagesFor(locale).interview;
  switch (task.kind) {
    case "open":
    case "redraw":
    case "record":
    case "asked":
      return null;
    case "joined":
      return publicReply(...members(say.joined, [task.member]));
    case "left":
      return publicReply(
        ...members(say.left, [task.member]),
        ...(task.host === null ? [] : members(say.hostNow, [task.host])),
      );
    case "question":
      return questionPost(interview, task.turn, sources);
    case "skipped":
      return publicReply(
        { kind: "heading", text: say.skippedTitle },
        { kind: "text", text: sources.question(task.question)?.text[locale] ?? task.question },
      );
    case "said":
      return publicReply({ kind: "quote", label: say.said, text: task.text, by: task.by });
    case "follow-up":
      return followUpPost(interview, task, sources);
    case "hint": {
      const question = sources.question(interview.turns[task.turn]?.question ?? "");
      return publicReply(
        { kind: "heading", text: say.hintNumber(task.hint + 1) },
        { kind: "text", text: question?.hints[task.hint]?.[locale] ?? "" },
      );
    }
    case "stand-in":
      return publicReply({ kind: "text", text: say.standIn });
    case "settling":
      return settlingPost(interview, task);
    case "resolved":
      return resolvedPost(interview, task.turn, sources);
    case "summary":
      return summaryPost(interview);
  }
}
