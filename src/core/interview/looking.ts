import type { MemberId, TenantId } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Attempt } from "#core/round/round";
import type { Services } from "#core/services";
import type { Acting } from "./acting.ts";
import { buttonRow, doButton } from "./buttons.ts";
import { cardBlocks, roleAt } from "./card.ts";
import { answerIdOf } from "./delivering.ts";
import { type Interview, isPresent, lastTurn } from "./interview.ts";
import { firstPost, questionPost } from "./posts.ts";
import { reportBlocks } from "./report.ts";
import { interviewOf, readInterview } from "./seat.ts";
import { openInterviews } from "./starting.ts";

/** The card of somebody who is not the candidate. */
export function cardReply(interview: Interview, { request, services }: Acting): Reply {
  const question = services.library.question(lastTurn(interview)?.question ?? "");
  if (question === undefined) throw new Refusal((say) => say.interview.questionOver);
  return privateReply(...cardBlocks(interview, question, request.member, request.locale));
}

/** As many answers to one question as anybody gives between an interview and its report. */
const ATTEMPTS_READ = 100;

async function answersIn(
  interview: Interview,
  tenant: TenantId,
  member: MemberId,
  { store }: Services,
): Promise<ReadonlyMap<number, Attempt>> {
  const own = interview.turns.flatMap((turn, number) =>
    turn.candidate === member ? [{ turn, number }] : [],
  );
  const found = await Promise.all(
    own.map(async ({ turn, number }) => {
      const { question } = turn;
      const attempts = await store.attempts({ tenant, member, question, limit: ATTEMPTS_READ });
      const submission = answerIdOf(interview, number);
      return attempts
        .filter((attempt) => attempt.submission === submission)
        .map((attempt) => [number, attempt] as const);
    }),
  );
  return new Map(found.flat());
}

async function report(interview: Interview, { request, services }: Acting): Promise<Reply> {
  const { tenant, member, locale } = request;
  if (!interview.seats.some((seat) => seat.member === member))
    throw new Refusal((say) => say.interview.notIn);
  if (interview.phase !== "over") throw new Refusal((say) => say.interview.notOver);
  const answers = await answersIn(interview, tenant, member, services);
  return privateReply(...reportBlocks(interview, member, answers, locale, services.library));
}

/** @throws Refusal before the interview is over, and for whoever was not in it */
export async function reportReply(acting: Acting): Promise<Reply> {
  const { asked, request, services } = acting;
  const { tenant, member } = request;
  const interview =
    asked.interview === undefined
      ? await interviewOf(services.store, tenant, member)
      : await readInterview(services.store, tenant, asked.interview);
  if (interview === null) throw new Refusal((say) => say.interview.inNone);
  return report(interview, acting);
}

/** What lies before somebody who sits in an interview. */
function whereItStands(interview: Interview, { request, services }: Acting): Reply {
  const { locale, member } = request;
  const say = messagesFor(locale).interview;
  const inOwnLanguage = { ...interview, locale };
  const turn = lastTurn(interview);
  if (turn === null) return privateReply(...firstPost(inOwnLanguage, services.library).blocks);
  const asked = questionPost(inOwnLanguage, interview.turns.length - 1, services.library);
  return privateReply({ kind: "text", text: say.yourRole[roleAt(turn, member)] }, ...(asked?.blocks ?? []));
}

/** Where the member's interview stands; their report of the last one; or which one they could join. */
export async function overview(acting: Acting): Promise<Reply> {
  const { request, services } = acting;
  const { tenant, channel, member, locale } = request;
  const own = await interviewOf(services.store, tenant, member);
  if (own !== null && own.phase !== "over" && isPresent(own, member)) return whereItStands(own, acting);
  const say = messagesFor(locale).interview;
  const open = await openInterviews(tenant, channel, services);
  const toJoin = open
    .slice(0, 5)
    .flatMap((each): Block[] => [
      { kind: "members", label: say.hostedBy, members: [each.host] },
      buttonRow(doButton("join", each, locale)),
    ]);
  const last = own?.phase === "over" && own.turns.length > 0 ? own : null;
  return privateReply(
    ...(toJoin.length === 0 ? [{ kind: "text" as const, text: say.noneHere }] : toJoin),
    { kind: "note", text: say.howToStart },
    ...(last === null ? [] : [buttonRow(doButton("report", last, locale))]),
  );
}
