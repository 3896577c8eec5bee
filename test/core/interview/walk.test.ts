import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberId } from "#core/ids";
import { cardBlocks, roleAt } from "#core/interview/card";
import type { Event } from "#core/interview/events";
import { type Interview, interviewSchema, presentSeats } from "#core/interview/interview";
import { LOBBY_MS, MOST_MEMBERS, SETTLING_MS } from "#core/interview/limits";
import { firstPost, postFor, questionPost } from "#core/interview/posts";
import { deadlineOf, step, wakeAtOf } from "#core/interview/step";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Reply } from "#core/reply";
import { wordsOf } from "#test/doubles/team";
import { factsAt, lobby, MINUTE_MS, member, type Play, pointsOf, questionById, resultOf } from "./sample.ts";

const names = ["ada", "bo", "cy", "dee", "eli", "fay", "gus", "hal", "ivy", "jo"];
const sources = { question: questionById, topic: () => undefined, document: () => undefined };

const who = fc.constantFrom(...names).map(member);
const turn = fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 4 });
const hits = fc.subarray([0, 1, 2, 3]);

type Wish =
  | { readonly kind: "pass"; readonly ms: number }
  | { readonly kind: "event"; readonly make: (interview: Interview) => Event };

const event = (make: (interview: Interview) => Event): Wish => ({ kind: "event", make });
const currentPoints = ({ turns }: Interview): readonly string[] => {
  const last = turns.at(-1);
  return last === undefined ? [] : pointsOf(last);
};

const simple = fc
  .record({
    kind: fc.constantFrom("join", "leave", "end", "look", "next", "skip", "hint"),
    by: who,
    turn,
  })
  // Whoever is candidate, interviewer or host acts more often than chance would have it.
  .map(({ kind, by, turn: meant }) => event(() => ({ kind, member: by, turn: meant }) as Event));

const inRole = fc
  .record({
    role: fc.constantFrom("candidate", "interviewer", "host"),
    kind: fc.constantFrom("next", "skip", "look", "hint"),
  })
  .map(({ role, kind }) =>
    event((interview) => {
      const last = interview.turns.at(-1);
      const by: MemberId =
        role === "host" || last === undefined
          ? interview.host
          : ((role === "candidate" ? last.candidate : last.interviewer) ?? interview.host);
      return { kind, member: by } as Event;
    }),
  );

const writing = fc
  .record({ by: who, own: fc.boolean(), hits, length: fc.integer({ min: 0, max: 1500 }), turn })
  .map(({ by, own, hits: heard, length, turn: meant }) =>
    event((interview) => {
      const last = interview.turns.at(-1);
      const writer = own ? (last?.candidate ?? by) : by;
      const kind = writer === last?.candidate ? "answer" : "notes";
      const result =
        last === undefined
          ? resultOf({ question: "q0" } as never, [])
          : resultOf(
              last,
              currentPoints(interview).filter((_, at) => heard.includes(at)),
            );
      return { kind, member: writer, turn: meant, text: "w ".repeat(length), result };
    }),
  );

const ticking = fc.record({ by: who, heard: hits, turn }).map(({ by, heard, turn: meant }) =>
  event((interview) => ({
    kind: "tick",
    member: by,
    turn: meant,
    points: currentPoints(interview).filter((_, at) => heard.includes(at)),
  })),
);

const asking = fc.record({ at: fc.nat({ max: 5 }) }).map(({ at }) =>
  event((interview) => ({
    kind: "ask",
    member: interview.turns.at(-1)?.interviewer ?? interview.host,
    id: [...currentPoints(interview), "general-0", "general-1"][at] ?? "",
  })),
);

const consenting = fc
  .record({ by: who, shows: fc.boolean() })
  .map(({ by, shows }) => event(() => ({ kind: "consent", member: by, shows })));

const keeping = fc
  .record({ by: who, own: fc.boolean(), turn: fc.nat({ max: 5 }) })
  .map(({ by, own, turn: number }) =>
    event(({ turns }) => ({
      kind: "keep",
      member: own ? (turns[number]?.candidate ?? by) : by,
      turn: number,
    })),
  );

const passing = fc
  .oneof(fc.constantFrom(SETTLING_MS, 5 * MINUTE_MS, LOBBY_MS), fc.nat({ max: 6 * MINUTE_MS }))
  .map((ms): Wish => ({ kind: "pass", ms }));

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 6, arbitrary: simple },
  { weight: 6, arbitrary: inRole },
  { weight: 5, arbitrary: writing },
  { weight: 3, arbitrary: ticking },
  { weight: 2, arbitrary: asking },
  { weight: 1, arbitrary: consenting },
  { weight: 1, arbitrary: keeping },
  { weight: 4, arbitrary: passing },
);

const spread = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers);

function expectFairRoles(interview: Interview): void {
  const present = presentSeats(interview);
  if (present.length === 0) return;
  expect(spread(present.map(({ candidate }) => candidate))).toBeLessThanOrEqual(1);
  expect(spread(present.map(({ interviewer }) => interviewer))).toBeLessThanOrEqual(1);
  expect(spread(present.map(({ candidate, interviewer }) => candidate + interviewer))).toBeLessThanOrEqual(1);
}

/** Statements, hints and follow-ups of the question that is asked: what only its interviewer may read. */
function secretsOf(interview: Interview): readonly string[] {
  const last = interview.turns.at(-1);
  const question = last === undefined ? undefined : questionById(last.question);
  if (last === undefined || question === undefined || last.phase === "resolved") return [];
  return question.points.map(({ statement }) => statement.en);
}

function expectSecrets(interview: Interview): void {
  const secrets = secretsOf(interview);
  const last = interview.turns.at(-1);
  const question = last === undefined ? undefined : questionById(last.question);
  if (last === undefined || question === undefined || secrets.length === 0) return;
  for (const { member: name } of presentSeats(interview)) {
    const reply: Reply = {
      visibility: "private",
      placement: "new",
      blocks: cardBlocks(interview, question, name, "en"),
    };
    const card = wordsOf(reply);
    const role = roleAt(last, name);
    if (role === "candidate") expect(card).toBe("");
    if (role === "observer") {
      for (const secret of [...secrets, ...question.hints.map(({ en }) => en)])
        expect(card).not.toContain(secret);
    }
  }
}

/** Nothing that everybody reads shows a secret of the question that is asked, or a result that nobody offered. */
function expectDiscreet(interview: Interview): void {
  const replies = [
    firstPost(interview, sources),
    ...interview.turns.map((_, number) => questionPost(interview, number, sources)),
    ...interview.tasks.map(({ task }) => postFor(interview, task, sources)),
  ];
  const words = replies.map((reply) => (reply === null ? "" : wordsOf(reply))).join("\n");
  for (const secret of secretsOf(interview)) expect(words).not.toContain(secret);
  const consenting = interview.seats.filter(({ consents }) => consents).map(({ member: name }) => name);
  for (const reply of replies) {
    if (reply === null) continue;
    expect(reply.visibility).toBe("public");
    for (const block of reply.blocks)
      if (block.kind === "members" && block.label.includes("/ 100"))
        for (const name of block.members) expect(consenting).toContain(name);
  }
}

function expectSound(interview: Interview, before: Interview, now: number): void {
  interviewSchema.parse(interview);
  expect(presentSeats(interview).length).toBeLessThanOrEqual(MOST_MEMBERS);
  expectFairRoles(interview);
  expectSecrets(interview);
  expectDiscreet(interview);
  // Time always moves on: whatever is not over has a deadline, and is looked at by then.
  const deadline = deadlineOf(interview);
  if (interview.phase === "over") expect(deadline).toBeNull();
  else expect(wakeAtOf(interview, now)).toBeLessThanOrEqual(deadline ?? Number.NaN);
  // Nothing that happened is undone: questions stay, and what is resolved stays as it was.
  expect(interview.turns.length).toBeGreaterThanOrEqual(before.turns.length);
  for (const [at, turnBefore] of before.turns.entries())
    if (turnBefore.phase === "resolved") expect(interview.turns[at]).toEqual(turnBefore);
  if (before.phase === "over") expect(interview.over).toEqual(before.over);
  const questions = interview.turns.map(({ question }) => question);
  expect(new Set(questions).size).toBe(questions.length);
  for (const { candidate, interviewer, ticks } of interview.turns) {
    expect(candidate).not.toBe(interviewer);
    expect(Object.keys(ticks)).not.toContain(candidate);
  }
  if (interview.phase !== "over")
    expect(presentSeats(interview).map((seat) => seat.member)).toContain(interview.host);
}

/** Applies a wish; a refusal is one sentence, and leaves everything as it was. */
function apply(play: Play, each: Wish): Play {
  const now = play.now + (each.kind === "pass" ? each.ms : 0);
  const happened: Event = each.kind === "pass" ? { kind: "wake" } : each.make(play.interview);
  const text = JSON.stringify(play.interview);
  try {
    return { now, interview: step(play.interview, happened, factsAt(now, play.interview)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const sentence = error.sentence(messagesFor("en"));
    expect(sentence.match(/[.!?](?=\s|$)/gu)).toHaveLength(1);
    expect(JSON.stringify(play.interview)).toBe(text);
    return play;
  }
}

describe("An interview, whatever its members do in whatever order", () => {
  it("keeps roles fair, cards private and results to themselves, and always moves on", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
        fc.array(wish, { maxLength: 45 }),
        (members, questions, wishes) => {
          let play = lobby({ questions, minutes: 5 });
          for (const name of names.slice(1, members))
            play = apply(
              play,
              event(() => ({ kind: "join", member: member(name) })),
            );
          play = apply(
            play,
            event(() => ({ kind: "next", member: member("ada") })),
          );
          for (const each of wishes) {
            const before = play.interview;
            play = apply(play, each);
            expectSound(play.interview, before, play.now);
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it("ends by itself where nobody does anything any more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.array(wish, { maxLength: 25 }), (members, wishes) => {
        let play = lobby({ questions: 8, minutes: 5 });
        for (const name of names.slice(1, members))
          play = apply(
            play,
            event(() => ({ kind: "join", member: member(name) })),
          );
        play = apply(
          play,
          event(() => ({ kind: "next", member: member("ada") })),
        );
        for (const each of wishes) play = apply(play, each);
        // The question that is asked, two silent ones, and each time the minute after it.
        for (let looked = 0; looked < 6; looked += 1) play = apply(play, { kind: "pass", ms: 5 * MINUTE_MS });
        expect(play.interview.phase).toBe("over");
      }),
      { numRuns: 50 },
    );
  });
});
