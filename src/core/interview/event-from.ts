import type { MemberId } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import type { Flag, GradeResult } from "#core/scoring/grader";
import type { Services } from "#core/services";
import { requireWriting } from "./answering.ts";
import type { Doing } from "./buttons.ts";
import type { Event } from "./events.ts";
import type { Asked } from "./forms.ts";
import { type Interview, lastTurn, type Turn } from "./interview.ts";
import { hasNotesToTake } from "./recording.ts";

/** Such an answer says nothing that could be scored. */
const worthless: readonly Flag[] = ["empty", "too-short"];

async function gradeAll(
  interview: Interview,
  texts: readonly string[],
  { locale }: Request,
  { grader, library }: Services,
): Promise<GradeResult> {
  const question = lastTurn(interview)?.question ?? "";
  const rubric = library.rubric(question);
  if (rubric === undefined) throw new Error(`question ${question} has no rubric`);
  const result = await grader.grade({ answer: texts.join("\n\n"), rubric, locale });
  if (result.flags.some((flag) => worthless.includes(flag))) throw new Refusal((say) => say.quiz.tooShort);
  return result;
}

/** Ids of key points from what was picked or typed: an id, a number from 1, or `none`. */
function pointsFrom(
  typed: readonly string[],
  interview: Interview,
  { library }: Services,
): readonly string[] {
  const points = library.question(lastTurn(interview)?.question ?? "")?.points ?? [];
  return typed
    .filter((each) => each !== "none" && each !== "无")
    .map((each) => (/^\d{1,3}$/u.test(each) ? (points[Number(each) - 1]?.id ?? each) : each));
}

const waitsFor =
  (member: MemberId) =>
  (turn: Turn): boolean =>
    turn.candidate === member && hasNotesToTake(turn);

/**
 * What a request means for an interview as it stands; what was written is graded together with what was before it.
 *
 * @param check only whether anything may be written: nothing is graded
 * @throws Refusal where nothing may be written, or nothing in it could be scored
 */
export async function eventFrom(
  doing: Exclude<Doing, "start" | "report">,
  interview: Interview,
  asked: Asked,
  request: Request,
  services: Services,
  check?: "check",
): Promise<Event> {
  const { member } = request;
  const { turn } = asked;
  switch (doing) {
    case "join":
    case "leave":
    case "end":
      return { kind: doing, member };
    case "card":
      return { kind: "look", member };
    case "show":
    case "hide":
      return { kind: "consent", member, shows: doing === "show" };
    case "next":
      return { kind: "next", member, turn, from: asked.from };
    case "skip":
    case "hint":
      return { kind: doing, member, turn };
    case "ask":
      return { kind: "ask", member, turn, id: asked.id ?? "" };
    case "keep":
      return { kind: "keep", member, turn: turn ?? interview.turns.findLastIndex(waitsFor(member)) };
    case "tick":
      return { kind: "tick", member, turn, points: pointsFrom(asked.points ?? [], interview, services) };
    case "answer":
    case "notes": {
      const text = asked.text ?? "";
      if (interview.phase === "over") throw new Refusal((say) => say.interview.isOver);
      const { written } = requireWriting(interview, { kind: doing, member, turn, text });
      if (check === "check") return { kind: "wake" };
      const grade = (before: readonly { readonly text: string }[]) =>
        gradeAll(interview, [...before.map((each) => each.text), text], request, services);
      const own = written.filter((each) => each.kind === "answer");
      const isMixed = doing === "answer" && own.length < written.length;
      return {
        kind: doing,
        member,
        turn,
        text,
        result: await grade(written),
        ...(isMixed ? { own: await grade(own) } : {}),
      };
    }
  }
}
