import { describe, expect, it } from "vitest";
import { LOBBY_MS, SETTLING_MS } from "#core/interview/limits";
import { deadlineOf } from "#core/interview/step";
import { messagesFor } from "#core/messages/index";
import {
  answers,
  begun,
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
  tasksAfter,
  turnOf,
} from "./sample.ts";

const say = messagesFor("en").interview;
const kindsAfter = (before: Play, after: Play): readonly string[] =>
  tasksAfter(before, after).map(({ kind }) => kind);
const next = (play: Play, name = "ada"): Play => happens(play, { kind: "next", member: member(name) });

describe("The lobby of an interview", () => {
  it("has its host in it and a thread to be opened", () => {
    const { interview } = lobby();
    expect(interview.seats.map((seat) => seat.member)).toEqual(["ada"]);
    expect(interview.tasks.map(({ task }) => task.kind)).toEqual(["open"]);
  });

  it("takes whoever joins, and its first message says so", () => {
    const before = lobby();
    const after = joined(before, "bo");
    expect(after.interview.seats.map((seat) => seat.member)).toEqual(["ada", "bo"]);
    expect(kindsAfter(before, after)).toEqual(["redraw"]);
  });

  it("lets go whoever leaves, and the next one looks after it where that was the host", () => {
    const after = happens(joined(lobby(), "bo"), { kind: "leave", member: member("ada") });
    expect(after.interview.host).toBe("bo");
  });

  it("becomes the first question when its host goes on", () => {
    const before = joined(lobby(), "bo");
    const after = next(before);
    expect(after.interview.phase).toBe("asking");
    expect(after.interview.questions).toBe(2);
    expect(kindsAfter(before, after)).toContain("question");
  });

  it("is called off where nobody begins within a quarter of an hour", () => {
    const before = joined(lobby(), "bo");
    expect(later(before, LOBBY_MS - 1).interview.phase).toBe("lobby");
    expect(later(before, LOBBY_MS).interview.over?.why).toBe("not-begun");
  });

  it("is over when the last one has left, or the host ends it", () => {
    const gone = happens(lobby(), { kind: "leave", member: member("ada") });
    expect(gone.interview.over?.why).toBe("nobody-left");
    expect(happens(lobby(), { kind: "end", member: member("ada") }).interview.over?.why).toBe("ended");
  });
});

describe("A question of an interview", () => {
  it("takes the candidate's answer: the thread shows it, and its verdicts are nobody's but the report's", () => {
    const before = begun();
    const after = answers(before, [0, 1]);
    expect(kindsAfter(before, after)).toContain("said");
    expect(turnOf(after).score).toBe(50);
  });

  it("takes another answer as the continuation of the first", () => {
    const after = answers(answers(begun(), [0], "one two three"), [0, 1], "four five");
    expect(turnOf(after).written.map(({ text }) => text)).toEqual(["one two three", "four five"]);
    expect(turnOf(after).words).toBe(5);
  });

  it("takes notes of what was said aloud from anybody else, and shows them to nobody", () => {
    const before = begun();
    const { observer } = rolesIn(before);
    const turn = turnOf(before);
    const notes = {
      kind: "notes",
      member: observer,
      text: "they said so",
      result: resultOf(turn, []),
    } as const;
    const after = happens(before, notes);
    expect(turnOf(after).notedBy).toEqual([observer]);
    expect(kindsAfter(before, after)).toEqual([]);
  });

  it("takes ticks in the place of earlier ones, in the order of the points", () => {
    const before = begun();
    const { observer } = rolesIn(before);
    const points = pointsOf(turnOf(before));
    const tick = (...at: number[]) =>
      ({ kind: "tick", member: observer, points: at.map((each) => points[each] ?? "") }) as const;
    const after = happens(happens(before, tick(0)), tick(3, 1));
    expect(turnOf(after).ticks).toEqual({ [observer]: [points[1], points[3]] });
  });

  it("knows that its interviewer is there once they look at their card", () => {
    const before = begun();
    expect(turnOf(before).isInterviewed).toBe(false);
    const { interviewer, observer } = rolesIn(before);
    expect(turnOf(happens(before, { kind: "look", member: observer })).isInterviewed).toBe(false);
    expect(turnOf(happens(before, { kind: "look", member: interviewer })).isInterviewed).toBe(true);
  });

  it("has the bot ask the weightiest of what was missed, where no interviewer is there, and at most twice", () => {
    const before = begun();
    const first = answers(before, [0]);
    const points = pointsOf(turnOf(before));
    expect(turnOf(first).followUps).toEqual([points[2]]);
    const second = answers(first, [0, 2]);
    expect(turnOf(second).followUps).toEqual([points[2], points[1]]);
    expect(turnOf(answers(second, [0, 2])).followUps).toHaveLength(2);
  });

  it("leaves the asking to an interviewer who is there", () => {
    const before = begun();
    const { interviewer } = rolesIn(before);
    const looked = happens(before, { kind: "look", member: interviewer });
    const answered = answers(looked, [0]);
    expect(kindsAfter(looked, answered)).not.toContain("follow-up");
    const [, missed = ""] = pointsOf(turnOf(before));
    const asked = happens(answered, { kind: "ask", member: interviewer, id: missed });
    expect(tasksAfter(answered, asked)).toEqual([
      { kind: "follow-up", turn: 0, id: missed, by: interviewer },
    ]);
  });

  it("has the bot ask nothing where nothing was missed", () => {
    expect(turnOf(answers(begun(), [0, 1, 2, 3])).followUps).toEqual([]);
  });

  it("gives the candidate the bot's hints, one after the other, as long as no interviewer has been heard of", () => {
    const before = begun();
    const { candidate } = rolesIn(before);
    const one = happens(before, { kind: "hint", member: candidate });
    expect(tasksAfter(before, one)).toEqual([{ kind: "hint", turn: 0, hint: 0 }]);
    const two = happens(one, { kind: "hint", member: candidate });
    expect(tasksAfter(one, two)).toEqual([{ kind: "hint", turn: 0, hint: 1 }]);
  });

  it("becomes another one when it is skipped: same roles, new time", () => {
    const before = { ...begun(), now: begun().now + MINUTE_MS };
    const { candidate, interviewer } = rolesIn(before);
    const after = happens(before, { kind: "skip", member: candidate });
    expect(turnOf(after).question).not.toBe(turnOf(before).question);
    expect(rolesIn(after)).toMatchObject({ candidate, interviewer });
    expect(turnOf(after).endsAt).toBe(after.now + 5 * MINUTE_MS);
    expect(after.interview.turns).toHaveLength(1);
  });

  it("settles for a minute when its time is up, and takes what is late until then", () => {
    const before = begun();
    const after = later(before, 5 * MINUTE_MS);
    expect(turnOf(after)).toMatchObject({ phase: "settling", ended: "time-up" });
    expect(deadlineOf(after.interview)).toBe(after.now + SETTLING_MS);
    expect(turnOf(answers({ ...after, now: after.now + SETTLING_MS - 1 }, [0])).score).toBe(25);
  });

  it("settles when the candidate, the interviewer or the host goes on, and takes no more answers then", () => {
    const before = begun();
    const { candidate, interviewer } = rolesIn(before);
    for (const name of [candidate, interviewer, "ada"])
      expect(turnOf(next(before, name))).toMatchObject({ phase: "settling", ended: "next" });
  });

  it("keeps its minute where two press “done” at once, and begins once where the host presses twice", () => {
    const before = begun();
    const { candidate, interviewer } = rolesIn(before);
    const done = (by: string) => ({ kind: "next", member: member(by), turn: 0, from: "answering" }) as const;
    const once = happens(before, done(candidate));
    expect(happens(once, done(interviewer)).interview).toEqual(once.interview);
    const goOn = { kind: "next", member: candidate, turn: 0, from: "settling" } as const;
    expect(happens(once, goOn).interview.turns).toHaveLength(2);
    const begin = { kind: "next", member: member("ada"), from: "lobby" } as const;
    expect(happens(before, begin).interview).toEqual(before.interview);
  });

  it("is resolved after its minute: recorded, its key points shown, its words forgotten, the next one asked", () => {
    const before = next(answers(begun(), [0, 2]));
    const after = later(before, SETTLING_MS);
    expect(kindsAfter(before, after)).toEqual(["record", "resolved", "question"]);
    const [first] = after.interview.turns;
    expect(first).toMatchObject({ phase: "resolved", written: [], result: null, score: 50 });
    expect(after.interview.turns).toHaveLength(2);
  });

  it("is resolved at once where somebody goes on from its minute", () => {
    expect(next(next(begun())).interview.turns).toHaveLength(2);
  });

  it("remembers with an answer that hints had helped, and not those of a question that was skipped", () => {
    const hinted = (play: Play) => happens(play, { kind: "hint", member: rolesIn(play).candidate });
    const flagsOf = (play: Play) => {
      const before = answers(play, [0]);
      const record = tasksAfter(before, next(next(before))).find(({ kind }) => kind === "record");
      return record?.kind === "record" ? record.result.flags : null;
    };
    const asked = begun();
    const skipped = happens(hinted(asked), { kind: "skip", member: member("ada") });
    expect([asked, hinted(asked), skipped].map(flagsOf)).toEqual([[], ["hinted"], []]);
  });

  it("leaves others' notes with the question until its candidate takes them, also when all is over", () => {
    const play = begun(["bo", "cy"], { questions: 1 });
    const { candidate, interviewer } = rolesIn(play);
    const [point = ""] = pointsOf(turnOf(play));
    const noted = happens(play, {
      kind: "notes",
      member: interviewer,
      text: "what they said aloud",
      result: resultOf(turnOf(play), [point]),
    });
    const ended = happens(noted, { kind: "end", member: member("ada") });
    expect(kindsAfter(noted, ended)).toContain("asked");
    expect(kindsAfter(noted, ended)).not.toContain("record");
    const kept = happens(ended, { kind: "keep", member: candidate, turn: 0 });
    expect(tasksAfter(ended, kept)).toMatchObject([{ kind: "record", text: "what they said aloud" }]);
    expect(turnOf(kept).written).toEqual([]);
    expect(refusalOf(ended, { kind: "keep", member: interviewer, turn: 0 })).toBe(say.notYourNotes);
    expect(refusalOf(kept, { kind: "keep", member: candidate, turn: 0 })).toBe(say.notesTakenBefore);
    expect(refusalOf(kept, { kind: "keep", member: candidate, turn: 7 })).toBe(say.notesTakenBefore);
  });

  it("records nothing where nothing was written", () => {
    const before = next(begun());
    expect(kindsAfter(before, next(before))).not.toContain("record");
  });
});

describe("An interview whose members come and go", () => {
  it("takes a late one as an observer of the question that is asked", () => {
    const before = begun(["bo"]);
    const after = joined(before, "cy");
    expect(rolesIn(after).observer).toBe("cy");
    expect(kindsAfter(before, after)).toContain("joined");
  });

  it("goes on with the bot where the interviewer leaves", () => {
    const before = begun();
    const after = happens(before, { kind: "leave", member: rolesIn(before).interviewer });
    expect(turnOf(after).interviewer).toBeNull();
    expect(kindsAfter(before, after)).toContain("stand-in");
  });

  it("ends the question of a candidate who leaves, and it does not count", () => {
    const before = begun(["bo", "cy"], { questions: 1 });
    const left = happens(before, { kind: "leave", member: rolesIn(before).candidate });
    expect(turnOf(left)).toMatchObject({ phase: "settling", ended: "candidate-left" });
    const after = later(left, SETTLING_MS);
    expect(after.interview.phase).toBe("asking");
    expect(after.interview.turns).toHaveLength(2);
  });

  it("makes the one who came next its host where the host leaves", () => {
    const before = begun();
    const after = happens(before, { kind: "leave", member: member("ada") });
    expect(after.interview.host).toBe("bo");
    expect(tasksAfter(before, after)).toContainEqual({ kind: "left", member: "ada", host: "bo" });
  });

  it("goes on with one member and the bot, and is over with none", () => {
    let play = begun(["bo"]);
    play = happens(play, { kind: "leave", member: member("bo") });
    play = next(next(play));
    expect(rolesIn(play).interviewer).toBe("nobody");
    expect(turnOf(play)).toMatchObject({ candidate: "ada", interviewer: null });
    expect(happens(play, { kind: "leave", member: member("ada") }).interview.over?.why).toBe("nobody-left");
  });

  it("takes whoever left back, with what they did before", () => {
    const before = next(next(begun()));
    const [first] = before.interview.turns;
    const name = first?.candidate ?? member("nobody");
    const back = joined(happens(before, { kind: "leave", member: name }), name);
    expect(back.interview.seats.find((seat) => seat.member === name)).toMatchObject({
      leftAt: null,
      candidate: 1,
    });
  });
});
