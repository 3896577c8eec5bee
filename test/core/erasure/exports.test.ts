import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DossierKind } from "#core/dossier";
import { exportMember } from "#core/erasure/export";
import { exportTeam } from "#core/erasure/team-export";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, member, resultOf, roundOn, tenant } from "#test/contracts/store-samples";
import { answers, begun } from "#test/core/interview/sample";
import { newFolder } from "#test/store/sqlite-folder";

const AFTER_ALL = roundOn(9).closesAt;

describe("An export", () => {
  let folder: ReturnType<typeof newFolder>;
  let store: Store;
  beforeEach(async () => {
    folder = newFolder();
    store = await openSqliteStore({ file: join(folder.path, "a.db") });
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  const keep = (kind: DossierKind, id: string, text: string) =>
    store.keepDossier({ tenant, kind, id, revision: 1, text, wakeAt: null });
  const answerAs = (as: string, day: number, words: string) =>
    store.recordAttempt(
      attemptAs(`s-${as}-${day}`, {
        as,
        round: roundOn(day).id,
        text: words,
        result: resultOf(53, words),
        credit: null,
        sentAt: roundOn(day).opensAt,
      }),
    );
  const offer = (as: string, day: number, named: boolean) =>
    store.offerAnswer({
      tenant,
      round: roundOn(day).id,
      member: memberIdSchema.parse(as),
      submission: submissionIdSchema.parse(`s-${as}-${day}`),
      named,
    });
  const exported = async (now: number) => (await exportTeam(tenant, now, store))?.content ?? "";

  it("of a team holds a member's words only where they offered them under their name, once the round has ended", async () => {
    for (const day of [1, 2]) await store.openRound(roundOn(day));
    for (const day of [1, 2])
      for (const name of ["kept", "nameless", "named"]) await answerAs(name, day, `${name}-${day}-words`);
    for (const day of [1, 2]) {
      await offer("nameless", day, false);
      await offer("named", day, true);
    }
    const whileOpen = await exported(roundOn(2).opensAt + 1);
    expect(whileOpen.match(/\w+-\d-words/g)).toEqual(["named-1-words", "named-1-words"]);
    const afterwards = await exported(AFTER_ALL);
    expect(new Set(afterwards.match(/\w+-\d-words/g))).toEqual(new Set(["named-1-words", "named-2-words"]));
    // Everybody's score is the team's.
    expect(afterwards.match(/"score":53/g)).toHaveLength(6);
  });

  it("of a team holds nothing of what members practise, are told or reminded of, and no words out of interviews and appeals", async () => {
    const secret = "SECRET-WORDS";
    await store.recordAttempt(attemptAs("p1", { round: null, credit: null, text: secret }));
    await store.setPractice(tenant, member, secret);
    const appeal = {
      ...{ member, locale: "en", round: roundOn(1).id, question: "q5-oom", answer: "s1", point: "p" },
      ...{ judged: "miss", words: secret, reason: secret, filedAt: 1, filedBy: "a", readableAt: 1 },
      ...{ announced: true, decision: null, outcome: null, told: false },
    };
    await keep("appeal", "one", JSON.stringify(appeal));
    await keep("appeal", "waiting/1/one", "one");
    for (const kind of ["reminder", "inbox", "interview-date", "interview-seat"] as const)
      await keep(kind, member, JSON.stringify({ secret }));
    const { interview } = answers(begun(), [0], secret);
    await keep("interview", interview.id, JSON.stringify(interview));
    const content = await exported(AFTER_ALL);
    expect(content).not.toContain(secret);
    expect(content.match(/"kind":"(?:appeal|interview)"/g)).toEqual([
      '"kind":"appeal"',
      '"kind":"interview"',
    ]);
  });

  it("of a member holds the hints that they took without answering", async () => {
    for (const hint of ["h1", "h2"])
      await store.takeHint(tenant, member, "never-answered", 3, submissionIdSchema.parse(hint));
    const { hints } = await exportMember({ tenant, member, at: 5 }, { store });
    expect(hints).toEqual([{ of: "never-answered", taken: 2 }]);
  });
});
