import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  channelIdSchema,
  memberIdSchema,
  type StudyDate,
  submissionIdSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import type { Store } from "#core/ports";
import { roundIdOf } from "#core/round/opening";
import type { OpenedStore } from "./store.ts";
import { attemptAs, date, hostileName, roundOn } from "./store-samples.ts";

interface Names {
  readonly channel: string;
  readonly member: string;
  readonly submission: string;
  readonly question: string;
}

const onDate: StudyDate = date("2026-06-01");

/** Writes one of everything under the names, and reads all of it back. */
const useUnder = (store: Store, tenant: TenantId, names: Names) => {
  const channel = channelIdSchema.parse(names.channel);
  const member = memberIdSchema.parse(names.member);
  const submission = submissionIdSchema.parse(names.submission);
  const { question } = names;
  const round = roundIdOf(channel, onDate);
  return {
    write: async (): Promise<void> => {
      await store.openRound(roundOn(1, { tenant, channel, question }));
      await store.recordAttempt(
        attemptAs(submission, { tenant, member, question, round, text: names.question }),
      );
      await store.takeHint(tenant, member, question, 2, submission);
      await store.setPractice(tenant, member, question);
    },
    read: async (): Promise<unknown> => [
      await store.round(tenant, round),
      await store.rounds(tenant, channel, 9),
      await store.attempts({ tenant, member, limit: 9 }),
      await store.attempts({ tenant, member, round, question, limit: 9 }),
      await store.attemptsOfRound(tenant, round),
      await store.answeredDates(tenant, member),
      await store.homeChannel(tenant, member),
      await store.ledger(tenant, member),
      await store.practice(tenant, member),
      await store.textsOfRound(tenant, round, 9),
    ],
  };
};

const hostileNames = fc.record({
  channel: hostileName,
  member: hostileName,
  submission: hostileName,
  question: hostileName,
});

/** The part of the store's contract that keeps tenants, and names of any shape, apart. */
export const tenantsNeverMeet = (open: () => Promise<OpenedStore>): void => {
  describe("tenants", () => {
    it("share nothing, even where all their ids are the same and made to be confused", async () => {
      const { store } = await open();
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(hostileName, hostileName, hostileNames, async (one, other, names) => {
          fc.pre(one !== other && !seen.has(one) && !seen.has(other));
          seen.add(one).add(other);
          const mine = useUnder(store, tenantIdSchema.parse(one), names);
          const theirs = useUnder(store, tenantIdSchema.parse(other), names);
          const nothing = [null, [], [], [], [], [], null, [], null, []];
          await mine.write();
          expect(await theirs.read()).toEqual(nothing);
          const before = await mine.read();
          expect(before).not.toEqual(nothing);
          await theirs.write();
          expect(await mine.read()).toEqual(before);
        }),
        { numRuns: 100 },
      );
    });

    it("keep two members, questions or submissions apart where the names differ in a single code unit", async () => {
      const { store } = await open();
      const names = [
        "a",
        "a\0",
        "a ",
        "A",
        "\ud800",
        "\ud801",
        "\ufffd",
        "é",
        "e\u0301",
        "%",
        "_",
        "'",
        '"a"',
        "ａ",
      ];
      const tenant = tenantIdSchema.parse("guild-1");
      const uses = names.map((name) =>
        useUnder(store, tenant, { channel: name, member: name, submission: name, question: name }),
      );
      for (const { write } of uses) await write();
      for (const [index, { read }] of uses.entries()) {
        const [round, , attempts, , , , home, , practice] = (await read()) as [
          { question: string },
          unknown,
          { text: string }[],
          ...unknown[],
        ];
        const name = names[index];
        expect([round.question, attempts.map(({ text }) => text), home, practice]).toEqual([
          name,
          [name],
          name,
          name,
        ]);
      }
    });
  });
};
