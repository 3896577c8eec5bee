import { describe, expect, it } from "vitest";
import { submissionIdSchema } from "#core/ids";
import { SETTLING_MS } from "#core/interview/limits";
import { deadlineOf, step, wakeAtOf } from "#core/interview/step";
import {
  answers,
  begun,
  factsAt,
  happens,
  later,
  MINUTE_MS,
  member,
  type Play,
  rolesIn,
  tasksAfter,
  turnOf,
} from "./sample.ts";

const kindsAfter = (before: Play, after: Play): readonly string[] =>
  tasksAfter(before, after).map(({ kind }) => kind);
const next = (play: Play, name = "ada"): Play => happens(play, { kind: "next", member: member(name) });

describe("The end of an interview", () => {
  it("comes after the last question, with a summary", () => {
    const before = next(begun(["bo"], { questions: 1 }));
    const after = later(before, SETTLING_MS);
    expect(after.interview.over?.why).toBe("done");
    expect(kindsAfter(before, after)).toContain("summary");
    expect(deadlineOf(after.interview)).toBeNull();
  });

  it("comes when the host ends it; what was answered by then is recorded", () => {
    const before = answers(begun(), [1]);
    const after = happens(before, { kind: "end", member: member("ada") });
    expect(after.interview.over?.why).toBe("ended");
    expect(kindsAfter(before, after)).toContain("record");
  });

  it("comes by itself after two questions at which nobody did anything", () => {
    let play = begun();
    for (let asked = 0; asked < 2; asked += 1) play = later(later(play, 5 * MINUTE_MS), SETTLING_MS);
    expect(play.interview.over?.why).toBe("silence");
  });

  it("does not come by itself while somebody ticks, though nobody writes", () => {
    let play = begun();
    for (let asked = 0; asked < 2; asked += 1) {
      play = happens(play, { kind: "tick", member: rolesIn(play).observer, points: [] });
      play = later(later(play, 5 * MINUTE_MS), SETTLING_MS);
    }
    expect(play.interview.phase).toBe("asking");
  });

  it("comes where no question is left", () => {
    const settled = next(begun(["bo"]));
    const after = happens(settled, { kind: "next", member: member("ada") }, { bank: [] });
    expect(after.interview.over?.why).toBe("no-question");
  });

  it("comes where the thread is gone; what was answered is recorded all the same", () => {
    const resolved = next(next(answers(begun(), [0])));
    const after = happens(resolved, { kind: "thread-lost" });
    expect(after.interview.over?.why).toBe("no-thread");
    expect(after.interview.tasks.map(({ task }) => task.kind)).toEqual(["record"]);
  });
});

describe("An interview whose thread is gone", () => {
  it("sends nothing more, also where it was over before", () => {
    const ended = happens(answers(begun(), [0]), { kind: "end", member: member("ada") });
    const after = happens(ended, { kind: "thread-lost" });
    expect(after.interview.over?.why).toBe("ended");
    expect(after.interview.tasks.map(({ task }) => task.kind)).toEqual(["record"]);
  });
});

describe("Whatever happens to an interview", () => {
  it("happens once: a submission that is delivered again changes nothing", () => {
    const play = begun();
    const submission = submissionIdSchema.parse("twice");
    const event = { kind: "next", member: member("ada") } as const;
    const facts = factsAt(play.now, play.interview);
    const once = step(play.interview, event, facts, submission);
    expect(step(once, event, facts, submission)).toBe(once);
  });

  it("gives a question its whole time also where the program was away when it should have come", () => {
    const settling = next(begun());
    const after = later(settling, 3 * 60 * MINUTE_MS);
    expect(turnOf(after).endsAt).toBe(after.now + 5 * MINUTE_MS);
  });

  it("is looked at again soon while something waits to be sent, and else at its deadline", () => {
    const { interview, now } = begun();
    expect(wakeAtOf(interview, now)).toBe(now + 15_000);
    expect(wakeAtOf({ ...interview, tasks: [] }, now)).toBe(now + 5 * MINUTE_MS);
  });

  it("sends no message that is out of date, but records every answer", () => {
    const play = next(next(answers(begun(), [0])));
    const after = later(play, 60 * MINUTE_MS);
    const old = after.interview.tasks.filter(({ at }) => at === play.now);
    expect(old.map(({ task }) => task.kind)).toEqual(["record"]);
  });
});
