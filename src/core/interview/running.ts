import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import type { Acting } from "./acting.ts";
import { buttonRow, type Doing, doButton } from "./buttons.ts";
import { deliver } from "./delivering.ts";
import { eventFrom } from "./event-from.ts";
import { type Asked, interviewForm } from "./forms.ts";
import { type Interview, lastTurn, presentSeats } from "./interview.ts";
import { happenTo } from "./keeping.ts";
import { MOST_MEMBERS } from "./limits.ts";
import { cardReply, overview, reportReply } from "./looking.ts";
import { giveSeatBack, interviewOf, readInterview, takeSeat } from "./seat.ts";
import { startInterview } from "./start.ts";
import { openInterviews } from "./starting.ts";

const textReply = (text: string, ...more: Block[]): Reply => privateReply({ kind: "text", text }, ...more);

/** The interview of the button that was pressed, or else the one that the member sits in. */
async function meant({ asked, request, services }: Acting): Promise<Interview> {
  const { tenant, member } = request;
  if (asked.interview !== undefined) {
    const named = await readInterview(services.store, tenant, asked.interview);
    if (named === null) throw new Refusal((say) => say.interview.isOver);
    return named;
  }
  const own = await interviewOf(services.store, tenant, member);
  // Notes are taken from the report of an interview that is over.
  if (own !== null && asked.do === "keep") return own;
  const isThere =
    own !== null && own.phase !== "over" && presentSeats(own).some((seat) => seat.member === member);
  if (!isThere) throw new Refusal((say) => say.interview.inNone);
  return own;
}

/** Has what was asked for happen, and sends what comes of it. */
async function act(
  doing: Exclude<Doing, "start" | "report">,
  id: string,
  acting: Acting,
): Promise<Interview> {
  const { asked, request, services, stages } = acting;
  const { tenant, submission } = request;
  const happened = await happenTo(tenant, id, submission, services, (interview) =>
    eventFrom(doing, interview, asked, request, services),
  );
  return deliver(tenant, happened, "later", { ...services, stages });
}

/** The only interview that is open in the channel; a reply that asks which, where there are several. */
async function whichToJoin({ asked, request, services }: Acting): Promise<string | Reply> {
  if (asked.interview !== undefined) return asked.interview;
  const open = await openInterviews(request.tenant, request.channel, services);
  const [only] = open;
  if (only === undefined) throw new Refusal((say) => say.interview.noneToJoin);
  if (open.length === 1) return only.id;
  const say = messagesFor(request.locale).interview;
  return textReply(
    say.whichOne,
    ...open
      .slice(0, 5)
      .flatMap((each): Block[] => [
        { kind: "members", label: say.hostedBy, members: [each.host] },
        buttonRow(doButton("join", each, request.locale)),
      ]),
  );
}

async function join(acting: Acting): Promise<Reply> {
  const { request, services } = acting;
  const { tenant, member, locale } = request;
  const which = await whichToJoin(acting);
  if (typeof which !== "string") return which;
  await takeSeat(services.store, tenant, member, which, services.clock.now());
  try {
    const joined = await act("join", which, acting);
    const say = messagesFor(locale).interview;
    return textReply(
      say.youJoined(presentSeats(joined).length, MOST_MEMBERS),
      { kind: "note", text: say.consentNote },
      buttonRow(doButton("show", joined, locale), doButton("leave", joined, locale)),
    );
  } catch (error) {
    // Whoever was turned away is free for another; whoever is in it already keeps their place.
    const standing = await readInterview(services.store, tenant, which);
    const isIn = standing !== null && presentSeats(standing).some((seat) => seat.member === member);
    if (!isIn) await giveSeatBack(services.store, tenant, member, which);
    throw error;
  }
}

/** Where the interview has come to after somebody went on. */
function progress(before: Interview, after: Interview, { locale }: Request): string {
  const say = messagesFor(locale).interview;
  if (after.over !== null) return say.over(after.over.why);
  if (lastTurn(after)?.phase === "settling") return say.settling;
  return before.phase === "lobby" ? say.begun : say.wentOn;
}

/** The form, unless it would be refused anyway. */
async function askInForm(doing: "answer" | "notes", acting: Acting): Promise<Reply> {
  const { asked, request, services } = acting;
  const interview = await meant(acting);
  // Whether anything may be written, whatever it is.
  await eventFrom(doing, interview, { ...asked, text: "?" }, request, services, "check");
  const form = interviewForm({ ...asked, do: doing, interview: interview.id }, request.locale);
  if (form === null) throw new Error("there is no form to write in");
  return privateReply({ kind: "form", form });
}

/** What was pressed on a card leaves the card where it is, as it then stands; what was typed reads a sentence. */
function cardOr(sentence: string, interview: Interview, acting: Acting): Reply {
  if (acting.asked.interview === undefined) return textReply(sentence);
  const { blocks } = cardReply(interview, acting);
  return { ...textReply(sentence, ...blocks), placement: "edit" };
}

async function change(doing: Exclude<Doing, "start" | "join" | "report">, acting: Acting): Promise<Reply> {
  const { asked, request } = acting;
  const say = messagesFor(request.locale).interview;
  const before = await meant(acting);
  const after = await act(doing, before.id, acting);
  switch (doing) {
    case "next":
      return textReply(progress(before, after, request));
    case "skip":
      return textReply(say.skipped);
    case "end":
      return textReply(say.ended);
    case "leave":
      return textReply(say.youLeft);
    case "answer":
      return textReply(say.answered);
    case "notes":
      return textReply(say.noted);
    case "hint":
      return textReply(say.hinted);
    case "ask":
      return cardOr(say.asked, after, acting);
    case "keep":
      return textReply(say.notesTaken);
    case "show":
      return textReply(say.consented, buttonRow(doButton("hide", after, request.locale)));
    case "hide":
      return textReply(say.notConsented, buttonRow(doButton("show", after, request.locale)));
    case "tick": {
      const turn = after.turns[asked.turn ?? after.turns.length - 1];
      const of = acting.services.library.question(turn?.question ?? "")?.points.length ?? 0;
      return cardOr(say.ticked(turn?.ticks[request.member]?.length ?? 0, of), after, acting);
    }
    case "card":
      return cardReply(after, acting);
  }
}

/**
 * Does what a member asks of an interview, by a command, a button, a menu or a form.
 *
 * @throws Refusal where it comes at a wrong moment or from somebody whose it is not: nothing has changed then
 */
export async function runInterview(asked: Asked, request: Request, services: Services): Promise<Reply> {
  const { stages } = services;
  if (stages === undefined) throw new Refusal((say) => say.interview.noThreads);
  const acting: Acting = { asked, request, services, stages };
  const doing = asked.do ?? (asked.points === undefined ? null : "tick");
  switch (doing) {
    case null:
      return overview(acting);
    case "start":
      return startInterview(acting);
    case "join":
      return join(acting);
    case "report":
      return reportReply(acting);
    case "answer":
    case "notes":
      return asked.text === undefined ? askInForm(doing, acting) : change(doing, acting);
    case "tick":
      return change(asked.points === undefined ? "card" : "tick", acting);
    default:
      return change(doing, acting);
  }
}
