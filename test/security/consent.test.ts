import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { questionPost, revealPosts } from "#core/announcing/posts";
import { readAnnouncement } from "#core/announcing/read";
import { isoWeekOf } from "#core/board/period";
import { memberIdSchema } from "#core/ids";
import type { Reply } from "#core/reply";
import { readWeek } from "#core/report/read";
import { reportReply } from "#core/report/reply";
import { type InterviewTeam, openInterviewTeam } from "#test/doubles/interviewing";
import { wordsOf } from "#test/doubles/team";

const HOUR_MS = 3_600_000;
const SHY = "shy-one";
const WORDS = "quixotic-zeugma";
const ANSWER = `学新任务时新的梯度会覆盖旧的权重，所以旧任务就忘了。缓解办法：训练时混入旧数据回放，冻结大部分层或者用 LoRA 只训练少量参数，用 EWC 对重要权重加惩罚，学习率调小。${WORDS}`;
const ENGLISH = `Freeze most layers, train only LoRA adapters on top, mix old data into the training set. ${WORDS}`;

describe("What a member wrote, without their word", () => {
  let team: InterviewTeam;
  let first: Awaited<ReturnType<typeof today>>;
  beforeEach(async () => {
    team = await openInterviewTeam();
    first = await today();
  });
  afterEach(() => team.stop());

  const today = async () => {
    const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
    const question = team.services.library.question(round?.question ?? "");
    if (round === undefined || question === undefined) throw new Error("no round is open");
    return { round, question, late: false };
  };
  const others = (
    command: string,
    input: Parameters<InterviewTeam["ask"]>[1] = "",
    role?: "editor" | "admin",
  ) => team.ask(command, input, { member: "bo", ...(role === undefined ? {} : { role }) });

  /** Every place in which others read of a member, each with what they read there. */
  const places: Readonly<Record<string, () => Promise<readonly Reply[]>>> = {
    "the question's post, with its count": async () => [
      questionPost(await readAnnouncement(first, team.services)),
    ],
    "the reveal": async () => revealPosts(await readAnnouncement(first, team.services)),
    "the weekly report": async () => {
      const { round } = first;
      const facts = await readWeek(
        team.tenant,
        team.channel,
        isoWeekOf(round.date),
        undefined,
        team.services,
      );
      return facts === null ? [] : [reportReply(facts, null, "en")];
    },
    "boards, also shown to the channel": async () => [
      await others("leaderboard"),
      await others("leaderboard", { share: true }),
    ],
    "another's quiz, hint, streak, practice and history": () =>
      Promise.all(
        ["quiz", "hint", "streak", "practice", "history", "home"].map((command) => others(command)),
      ),
    "the close of a round": async () => [await others("close")],
    "the editors' desks, before anything was filed": async () => [
      await others("appeal", "", "editor"),
      await others("suggest", "", "editor"),
      await others("suggest", { export: true }, "editor"),
    ],
    "settings and their preview": async () => [
      await others("settings", "", "admin"),
      await others("settings", "preview", "admin"),
    ],
    "others' own data": async () => [await others("data"), await others("data", "export")],
  };

  it.each(Object.keys(places))("is not read by anybody in %s", async (place) => {
    await team.ask("answer", ANSWER, { member: SHY });
    await others("answer", ENGLISH.replace(WORDS, ""));
    const whileOpen = await places[place]?.();
    await team.passTime(30 * HOUR_MS);
    for (const replies of [whileOpen, await places[place]?.()]) {
      const words = (replies ?? []).map(wordsOf).join("\n");
      expect(words).not.toContain(WORDS);
      // A board names everybody who has not taken themselves off it; no other place does.
      if (!place.startsWith("boards")) expect(words).not.toContain(SHY);
    }
  });

  it("is not read in an interview's summary and reports; in its thread it was written for all who sit there", async () => {
    await team.type(SHY, "start questions=1");
    await team.type("bo", "join");
    await team.type(SHY, "next");
    const { turns } = await team.kept(SHY);
    const candidate = turns[0]?.candidate ?? "";
    await team.type(candidate, `answer ${ENGLISH}`);
    await team.wait(1_000);
    const inThread = team.stages.words();
    expect(inThread).toContain(WORDS);
    const posted = team.stages.posts().length;
    for (let step = 0; step < 3; step += 1) await team.type(SHY, "next");
    await team.wait(1_000);
    const afterwards = team.stages
      .posts()
      .slice(posted)
      .map(({ reply }) => wordsOf(reply))
      .join("\n");
    expect(afterwards).not.toContain(WORDS);
    const other = candidate === SHY ? "bo" : SHY;
    expect(wordsOf(await team.ask("interview", "report", { member: other }))).not.toContain(WORDS);
  });

  it("is read at the reveal by everybody once its author has offered it, and not any more once they took it back", async () => {
    const { round } = first;
    await team.ask("answer", ANSWER, { member: SHY });
    const [attempt] = await team.services.store.attempts({
      tenant: team.tenant,
      member: memberIdSchema.parse(SHY),
      limit: 1,
    });
    const offer = (wish: string) =>
      team.ask("answer", { round: round.id, offer: wish, answer: attempt?.submission }, { member: SHY });
    await offer("nameless");
    const reveal = async () => ((await places["the reveal"]?.()) ?? []).map(wordsOf).join("\n");
    await team.passTime(30 * HOUR_MS);
    expect(await reveal()).toContain(WORDS);
    expect(await reveal()).not.toContain(SHY);
    await offer("no");
    expect(await reveal()).not.toContain(WORDS);
  });
});
