import { describe, expect, it } from "vitest";
import type { MemberId } from "#core/ids";
import type { Event, MembersEvent } from "#core/interview/events";
import { LONGEST_TURN } from "#core/interview/limits";
import { step } from "#core/interview/step";
import { messagesFor } from "#core/messages/index";
import {
  answers,
  begun,
  factsAt,
  happens,
  joined,
  later,
  lobby,
  MINUTE_MS,
  member,
  type Play,
  pointsOf,
  refusalOf,
  resultOf,
  rolesIn,
  turnOf,
} from "./sample.ts";

const say = messagesFor("en").interview;

const asking = begun(["bo", "cy", "dee"]);
const { candidate, interviewer } = rolesIn(asking);
/** Neither host nor in a role. */
const listener = asking.interview.seats
  .map((seat) => seat.member)
  .find((name) => name !== candidate && name !== interviewer && name !== asking.interview.host);
if (listener === undefined) throw new Error("everybody has a role");
const stranger = member("eve");

const settling = happens(asking, { kind: "next", member: member("ada") });
const timeUp = later(asking, 5 * MINUTE_MS);
const second = happens(settling, { kind: "next", member: member("ada") });
const over = happens(asking, { kind: "end", member: member("ada") });
const interviewed = happens(asking, { kind: "look", member: interviewer });
const full = joined(lobby(), "m1", "m2", "m3", "m4", "m5", "m6", "m7");
const [point = ""] = pointsOf(turnOf(asking));
const hinted = [1, 2].reduce<Play>((play) => happens(play, { kind: "hint", member: candidate }), asking);

const written = (kind: "answer" | "notes", by: MemberId, text = "some words", turn?: number): Event => ({
  kind,
  member: by,
  text,
  turn,
  result: resultOf(turnOf(asking), []),
});

const rows: readonly (readonly [string, Play, Event, string])[] = [
  ["joining twice", asking, { kind: "join", member: listener }, say.inAlready],
  ["joining where eight are in it", full, { kind: "join", member: stranger }, say.full(8)],
  ["joining when it is over", over, { kind: "join", member: stranger }, say.isOver],
  ["leaving without being in it", asking, { kind: "leave", member: stranger }, say.notIn],
  ["consenting without being in it", asking, { kind: "consent", member: stranger, shows: true }, say.notIn],
  ["consenting when it is over", over, { kind: "consent", member: listener, shows: true }, say.isOver],
  ["beginning alone", lobby(), { kind: "next", member: member("ada") }, say.tooFew],
  ["beginning as a guest", joined(lobby(), "bo"), { kind: "next", member: member("bo") }, say.hostBegins],
  ["going on without being in it", asking, { kind: "next", member: stranger }, say.notIn],
  ["going on as a listener", asking, { kind: "next", member: listener }, say.notYoursToGoOn],
  [
    "going on from a question before",
    second,
    { kind: "next", member: member("ada"), turn: 0 },
    say.questionOver,
  ],
  ["going on when it is over", over, { kind: "next", member: member("ada") }, say.isOver],
  ["skipping in the lobby", joined(lobby(), "bo"), { kind: "skip", member: member("ada") }, say.notBegun],
  ["skipping as a listener", asking, { kind: "skip", member: listener }, say.notYoursToGoOn],
  ["skipping what is answered", answers(asking), { kind: "skip", member: candidate }, say.answeredAlready],
  ["skipping when the time is up", timeUp, { kind: "skip", member: candidate }, say.timeUp],
  [
    "skipping from a question before",
    second,
    { kind: "skip", member: member("ada"), turn: 0 },
    say.questionOver,
  ],
  ["ending as a guest", asking, { kind: "end", member: member("bo") }, say.hostEnds],
  ["ending without being in it", asking, { kind: "end", member: stranger }, say.notIn],
  ["ending twice", over, { kind: "end", member: member("ada") }, say.isOver],
  ["answering in the lobby", lobby(), written("answer", member("ada")), say.notBegun],
  ["answering another's question", asking, written("answer", listener), say.notYourQuestion],
  ["answering without being in it", asking, written("answer", stranger), say.notIn],
  ["answering with nothing", asking, written("answer", candidate, " \n"), say.nothingWritten],
  [
    "answering with too much",
    asking,
    written("answer", candidate, "x".repeat(LONGEST_TURN + 3)),
    say.tooLong(3, LONGEST_TURN),
  ],
  [
    "adding too much to an answer",
    answers(asking, [], "y".repeat(10)),
    written("answer", candidate, "x".repeat(LONGEST_TURN - 10)),
    say.tooLong(2, LONGEST_TURN),
  ],
  ["answering after going on", settling, written("answer", candidate), say.questionOver],
  ["answering a question before", second, written("answer", candidate, "some words", 0), say.questionOver],
  ["answering when it is over", over, written("answer", candidate), say.isOver],
  ["taking notes of oneself", asking, written("notes", candidate), say.notesAreForOthers],
  ["taking notes in the lobby", lobby(), written("notes", member("ada")), say.notBegun],
  ["taking notes after going on", settling, written("notes", listener), say.questionOver],
  [
    "ticking one's own answer",
    asking,
    { kind: "tick", member: candidate, points: [point] },
    say.candidatesDoNotTick,
  ],
  ["ticking in the lobby", lobby(), { kind: "tick", member: member("ada"), points: [] }, say.notBegun],
  [
    "ticking what is no point",
    asking,
    { kind: "tick", member: listener, points: ["zz"] },
    say.noSuchPoint("zz", 4),
  ],
  ["ticking without being in it", asking, { kind: "tick", member: stranger, points: [] }, say.notIn],
  [
    "ticking a question before",
    second,
    { kind: "tick", member: listener, points: [], turn: 0 },
    say.questionOver,
  ],
  ["ticking when it is over", over, { kind: "tick", member: listener, points: [] }, say.isOver],
  ["looking at the card as candidate", asking, { kind: "look", member: candidate }, say.noCardForCandidate],
  ["looking at a card in the lobby", lobby(), { kind: "look", member: member("ada") }, say.notBegun],
  ["looking at a card from outside", asking, { kind: "look", member: stranger }, say.notIn],
  ["asking for a hint as interviewer", asking, { kind: "hint", member: interviewer }, say.hintsAreOnCard],
  ["asking for a hint as listener", asking, { kind: "hint", member: listener }, say.hintsAreForCandidate],
  [
    "asking the bot, not the interviewer",
    interviewed,
    { kind: "hint", member: candidate },
    say.askTheInterviewer,
  ],
  ["asking for a third hint", hinted, { kind: "hint", member: candidate }, say.noMoreHints(2)],
  ["asking for a hint in the lobby", lobby(), { kind: "hint", member: member("ada") }, say.notBegun],
  ["asking for a hint when the time is up", timeUp, { kind: "hint", member: candidate }, say.timeUp],
  [
    "asking a follow-up as a listener",
    asking,
    { kind: "ask", member: listener, id: point },
    say.interviewerAsks,
  ],
  ["asking what is no follow-up", asking, { kind: "ask", member: interviewer, id: "zz" }, say.noSuchFollowUp],
  [
    "asking the same follow-up twice",
    happens(asking, { kind: "ask", member: interviewer, id: point }),
    { kind: "ask", member: interviewer, id: point },
    say.askedAlready,
  ],
  [
    "asking a follow-up when the time is up",
    timeUp,
    { kind: "ask", member: interviewer, id: point },
    say.timeUp,
  ],
  [
    "asking a follow-up in the lobby",
    lobby(),
    { kind: "ask", member: member("ada"), id: point },
    say.notBegun,
  ],
];

describe("At a wrong moment", () => {
  it.each(rows)("%s is refused with one sentence and changes nothing", (_, play, event, sentence) => {
    const before = JSON.stringify(play.interview);
    expect(refusalOf(play, event)).toBe(sentence);
    expect(sentence.split(/[.!?](?:\s|$)/u).filter((part) => part !== "")).toHaveLength(1);
    expect(JSON.stringify(play.interview)).toBe(before);
  });

  it("beginning is refused where no question fits, and skipping where none is left", () => {
    expect(refusalOf(joined(lobby(), "bo"), { kind: "next", member: member("ada") }, { bank: [] })).toBe(
      say.noQuestions,
    );
    expect(refusalOf(asking, { kind: "skip", member: candidate }, { bank: [] })).toBe(say.noOtherQuestion);
  });

  it("joining is refused to one more newcomer where members have come and gone all the time", () => {
    let play = lobby();
    for (let at = 0; at < 23; at += 1) {
      play = joined(play, `m${at}`);
      play = happens(play, { kind: "leave", member: member(`m${at}`) });
    }
    expect(refusalOf(play, { kind: "join", member: stranger })).toBe(say.full(8));
    expect(joined(play, "m3").interview.seats).toHaveLength(24);
  });

  it("every kind of event by somebody who is not in it is refused", () => {
    const events: readonly MembersEvent[] = [
      { kind: "leave", member: stranger },
      { kind: "end", member: stranger },
      { kind: "look", member: stranger },
      { kind: "consent", member: stranger, shows: true },
      { kind: "next", member: stranger },
      { kind: "skip", member: stranger },
      { kind: "hint", member: stranger },
      { kind: "ask", member: stranger, id: point },
      { kind: "tick", member: stranger, points: [] },
      { kind: "answer", member: stranger, text: "some words", result: resultOf(turnOf(asking), []) },
      { kind: "notes", member: stranger, text: "some words", result: resultOf(turnOf(asking), []) },
    ];
    for (const event of events) expect(refusalOf(asking, event)).toBe(say.notIn);
  });

  it("time that passes is no event that anybody is told of", () => {
    const facts = factsAt(asking.now + 1, asking.interview);
    expect(step(asking.interview, { kind: "wake" }, facts)).toBe(asking.interview);
  });
});
