import { readFileSync } from "node:fs";
import { z } from "zod";
import { closedPost, questionPost, revealPosts } from "#core/announcing/posts";
import { readAnnouncement } from "#core/announcing/read";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import { bilingualSchema } from "#core/language";
import type { Question } from "#core/pack/question";
import type { Form, Reply } from "#core/reply";
import type { Round } from "#core/round/round";
import type { PreviewLook } from "#src/adapters/local/page/client/preview-wire";
import type { Sandbox } from "./sandbox.ts";

const HOUR_MS = 3_600_000;

const sampleSchema = z.strictObject({
  members: z.array(z.strictObject({ id: z.string(), name: bilingualSchema })).min(4),
  answer: bilingualSchema,
  vram: bilingualSchema,
  oom: bilingualSchema,
  /** Answers to the second question of the first pack, offered for the reveal. */
  offered: z.array(z.string()).min(3),
});
const sample = sampleSchema.parse(
  JSON.parse(readFileSync(new URL("./sample-day.json", import.meta.url), "utf8")),
);

/** The member who looks, in the scratch team. */
export const YOU = sample.members[0]?.id ?? "";

export const namesIn = (locale: "zh" | "en"): Record<string, string> =>
  Object.fromEntries(sample.members.map(({ id, name }) => [id, name[locale]]));

/** Moments of a day in the order in which a server sees them; `title` names a message of the preview's own. */
export interface Moment {
  readonly title: "post" | "form" | "answer" | "vram" | "oom" | "closed" | "reveal" | "interview" | "card";
  readonly typed?: string;
  readonly replies: readonly Reply[];
  readonly form?: Form;
}

/** The first sentences of a text: about so many of its characters. */
const beginning = (text: string, share: number): string => {
  const sentences = text.match(/[^。！？.!?]+[。！？.!?]*/gu) ?? [text];
  let taken = "";
  for (const sentence of sentences) if (taken.length < share * text.length) taken += sentence;
  return taken;
};

interface Day {
  readonly open: Round;
  readonly over: Round;
}

/** Two rounds of a new team, today's and yesterday's, each answered by the sample members. */
async function playDay(sandbox: Sandbox, [today, yesterday]: readonly [Question, Question]): Promise<Day> {
  sandbox.newTeam();
  const now = sandbox.services.clock.now();
  const over = await sandbox.openRound(yesterday.id, now - 27 * HOUR_MS);
  const open = await sandbox.openRound(today.id, now - HOUR_MS);
  const { store } = sandbox.services;
  const others = sample.members.slice(1);
  for (const [at, { id }] of others.entries()) {
    const member = memberIdSchema.parse(id);
    const { tenant } = sandbox;
    const locale = at % 2 === 0 ? "zh" : "en";
    const written = yesterday.id === "q2-vram" ? sample.offered[at] : undefined;
    const text = written ?? beginning(yesterday.modelAnswer[locale], 1 - at / 4);
    const answered = await sandbox.ask(
      "answer",
      { kind: "typed", options: { text, round: over.id } },
      { member: id, locale, sentAt: over.opensAt + HOUR_MS },
    );
    const submission = submissionIdSchema.parse(answered.submission);
    await store.offerAnswer({ tenant, round: over.id, member, submission, named: at === 0 });
    await store.setNamed(tenant, member, at < 2);
    await sandbox.ask(
      "answer",
      { kind: "typed", options: { text: beginning(today.modelAnswer[locale], 0.5), round: open.id } },
      { member: id, locale },
    );
  }
  return { open, over };
}

const split = (line: string): [command: string, text: string] => {
  const [, command = "", text = ""] = /^\/(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
  return [command, text];
};

/** A study day from the post to the reveal, in the words of the real commands. */
export async function momentsOf(sandbox: Sandbox, { locale, theme }: PreviewLook): Promise<Moment[]> {
  const { services } = sandbox;
  const [today, yesterday = today] = services.library.questions;
  if (today === undefined || yesterday === undefined) return [];
  const { open, over } = await playDay(sandbox, [today, yesterday]);
  const facts = async (round: Round, question: Question) => ({
    ...(await readAnnouncement({ round, question, late: false }, services)),
    locale,
  });
  const you = { member: YOU, locale, theme };
  const ask = async (line: string): Promise<Reply> => {
    const [command, text] = split(line);
    return (await sandbox.ask(command, { kind: "text", text }, you)).reply;
  };
  const form = sandbox.command("answer")?.form?.({ round: open.id }, locale) ?? null;
  const text =
    today.id === "q1-catastrophic-forgetting"
      ? sample.answer[locale]
      : beginning(today.modelAnswer[locale], 0.5);
  const { reply: result } = await sandbox.ask(
    "answer",
    { kind: "typed", options: { text, round: open.id } },
    you,
  );
  const closed = await facts(over, yesterday);
  return [
    { title: "post", replies: [questionPost(await facts(open, today))] },
    ...(form === null ? [] : [{ title: "form" as const, replies: [], form }]),
    { title: "answer", typed: "/answer", replies: [result] },
    { title: "vram", typed: sample.vram[locale], replies: [await ask(sample.vram[locale])] },
    { title: "oom", typed: sample.oom[locale], replies: [await ask(sample.oom[locale])] },
    { title: "closed", replies: [closedPost(closed)] },
    { title: "reveal", replies: revealPosts(closed) },
    ...(await interviewMoments(sandbox, { locale, theme })),
  ];
}

/** The beginning of a mock interview: its thread, and the card of whoever asks. */
async function interviewMoments(sandbox: Sandbox, { locale, theme }: PreviewLook): Promise<Moment[]> {
  const [you, asker, observer] = sample.members;
  if (you === undefined || asker === undefined || observer === undefined) return [];
  const say = async (member: string, text: string): Promise<Reply> =>
    (await sandbox.ask("interview", { kind: "text", text }, { member, locale, theme })).reply;
  const typed = "start minutes=4";
  await say(you.id, typed);
  for (const { id } of [asker, observer]) await say(id, "join");
  await say(you.id, "next");
  const words = sandbox.stage
    .all()
    .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "text" ? [block.text] : [])));
  const asked = sandbox.services.library.questions.find(({ text }) => words.includes(text[locale]));
  await say(you.id, `answer ${beginning(asked?.modelAnswer[locale] ?? "", 0.3)}`);
  const card = await say(asker.id, "card");
  const posts = sandbox.stage.all();
  sandbox.stage.take();
  return [
    { title: "interview", typed: `/interview ${typed}`, replies: posts },
    { title: "card", replies: [card] },
  ];
}
