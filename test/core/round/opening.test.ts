import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channelIdSchema, type Instant, studyDateSchema, tenantIdSchema } from "#core/ids";
import { zoneSchema } from "#core/round/calendar";
import {
  closedEarly,
  effectiveClose,
  inTime,
  isAfterClose,
  isOpen,
  isRequired,
  type Opening,
  prepareRound,
  roundIdOf,
  settlesAt,
  takesAnswersUntil,
} from "#core/round/opening";
import { roundSchema } from "#core/round/round";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const opensAt = Date.parse("2026-06-01T01:00:00Z");

const opening = (nextOpeningAt?: Instant): Opening => ({
  tenant: tenantIdSchema.parse("guild-1"),
  channel: channelIdSchema.parse("prep"),
  zone: zoneSchema.parse("Asia/Shanghai"),
  question: "q5-oom",
  opensAt,
  ...(nextOpeningAt === undefined ? {} : { nextOpeningAt }),
});
const round = prepareRound(opening());

describe("a round", () => {
  it("belongs to the date that the channel's clock shows when it opens", () => {
    const late = prepareRound({ ...opening(), opensAt: Date.parse("2026-06-01T17:00:00Z") });
    expect([round.date, late.date]).toEqual(["2026-06-01", "2026-06-02"]);
    expect(roundSchema.parse(round)).toEqual(round);
  });

  it.each([
    ["after 24 h where nothing follows", undefined, 24],
    ["at the channel's next opening", 20, 20],
    ["after 24 h where the next opening is days away", 72, 24],
    ["after 8 h at the earliest", 3, 8],
  ])("closes %s", (_, nextHours, openHours) => {
    const next = nextHours === undefined ? undefined : opensAt + nextHours * HOUR;
    expect(prepareRound(opening(next)).closesAt - opensAt).toBe(openHours * HOUR);
  });

  it("shares its name with no round of another channel or date, whatever the channels are called", () => {
    const channel = fc
      .string({ minLength: 1, maxLength: 200, unit: "binary" })
      .map((id) => channelIdSchema.parse(id));
    const date = fc
      .constantFrom("2026-06-01", "2026-06-02", "2026-10-01")
      .map((text) => studyDateSchema.parse(text));
    fc.assert(
      fc.property(channel, date, channel, date, (oneChannel, oneDate, otherChannel, otherDate) => {
        const same = oneChannel === otherChannel && oneDate === otherDate;
        expect(roundIdOf(oneChannel, oneDate) === roundIdOf(otherChannel, otherDate)).toBe(same);
      }),
    );
    expect(roundIdOf(channelIdSchema.parse("x".repeat(200)), round.date)).toHaveLength(211);
  });

  it("is open from its opening to its close, both included", () => {
    const { closesAt } = round;
    const instants = [opensAt - 1, opensAt, closesAt, closesAt + 1];
    expect(instants.map((instant) => isOpen(round, instant))).toEqual([false, true, true, false]);
  });

  it("counts an answer sent at its close, and none sent a millisecond later", () => {
    expect([inTime(round, round.closesAt), inTime(round, round.closesAt + 1)]).toEqual([true, false]);
  });

  it("counts an answer up to ten minutes after its close where the form was opened before", () => {
    const { closesAt } = round;
    expect(inTime(round, closesAt + 10 * MINUTE, closesAt)).toBe(true);
    expect(inTime(round, closesAt + 10 * MINUTE + 1, closesAt)).toBe(false);
    expect(inTime(round, closesAt + 10 * MINUTE, closesAt + 1)).toBe(false);
  });

  it("of less than half a day counts an answer for two hours more, for the streak alone", () => {
    const short = { ...round, closesAt: opensAt + 12 * HOUR - 1 };
    const until = short.closesAt + 2 * HOUR;
    expect([takesAnswersUntil(short), settlesAt(short)]).toEqual([until, until]);
    expect([short.closesAt, short.closesAt + 1, until, until + 1].map((at) => inTime(short, at))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([short.closesAt, short.closesAt + 1, until + 1].map((at) => isAfterClose(short, at))).toEqual([
      false,
      true,
      false,
    ]);
    const halfDay = { ...round, closesAt: opensAt + 12 * HOUR };
    expect(inTime(halfDay, halfDay.closesAt + 1)).toBe(false);
    expect(settlesAt(halfDay)).toBe(halfDay.closesAt + 10 * MINUTE);
    // Whoever ends it early shows the answer: nothing counts after that.
    expect(inTime(closedEarly(short, opensAt + HOUR), opensAt + HOUR + 1)).toBe(false);
  });

  it("closes early for everybody when somebody closes it, and never later than planned", () => {
    const early = closedEarly(round, opensAt + HOUR);
    expect(effectiveClose(early)).toBe(opensAt + HOUR);
    expect(inTime(early, opensAt + HOUR + 1)).toBe(false);
    expect(closedEarly(round, round.closesAt)).toEqual(round);
    expect(effectiveClose({ ...round, closedAt: round.closesAt + 1 })).toBe(round.closesAt);
  });

  it("may cost a streak only where it was open for at least 8 h, and as long as members had been told", () => {
    expect(isRequired(round)).toBe(true);
    expect(isRequired({ ...round, closesAt: opensAt + 8 * HOUR })).toBe(true);
    expect(isRequired({ ...round, closesAt: opensAt + 8 * HOUR - 1 })).toBe(false);
    expect(isRequired(closedEarly(round, round.closesAt - 1))).toBe(false);
  });
});
