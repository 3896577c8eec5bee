import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Channels } from "#core/channels";
import { type Command, defineCommand } from "#core/command";
import type { DirectMessages } from "#core/direct-messages";
import type { ChannelId, MemberId, TenantId } from "#core/ids";
import { submissionIdSchema } from "#core/ids";
import { type Block, privateReply, publicReply, type Reply } from "#core/reply";
import type { Opened, Stages } from "#core/stages";

const MINUTE_MS = 60_000;

/** How one process of a platform speaks without having been asked. */
export interface Speaking {
  readonly stages: Stages;
  readonly directMessages: DirectMessages;
  readonly channels: Pick<Channels, "post">;
}

/** A platform on which two processes with one store speak. */
export interface StagesUnderTest extends Speaking {
  readonly other: Speaking;
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly member: MemberId;
  /** Texts that everybody reads in the channel, outside threads. */
  inChannel(): readonly string[];
  inThread(thread: string): readonly string[];
  /** What the member reads in their direct messages. */
  direct(): readonly string[];
  /** Descriptions of the pictures in the channel. */
  alts(): readonly string[];
  /** The next message that is posted arrives, and its poster does not learn of it. */
  loseReply(): void;
  /** The member presses a button in the thread, the channel or the direct messages; what they alone read then. */
  press(where: { readonly thread: string } | "channel" | "direct", label: string): Promise<string>;
  deleteMessages(thread: string): Promise<void>;
  /** Has the member take no more direct messages; false where everybody does. */
  closeDirect(): boolean;
  /** Puts the clock forward; timers that are due ring. */
  passTime(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** Tells who pressed what, and where the core believes them to be. */
export const probe: Command = defineCommand({
  name: "probe",
  who: "member",
  where: "everywhere",
  summary: { zh: "探针", en: "says where it was pressed" },
  examples: ["/probe"],
  isForPlace: true,
  options: z.object({
    word: z
      .string()
      .optional()
      .meta({ label: { zh: "词", en: "word" } }),
  }),
  shorthands: [],
  run: async ({ options, channel, place, tenant }) =>
    privateReply({ kind: "text", text: `${options.word} ${tenant} ${channel} ${place ?? "nowhere"}` }),
});

const text = (words: string, ...more: Block[]): Reply => publicReply({ kind: "text", text: words }, ...more);
const button = (word: string): Block => ({
  kind: "buttons",
  buttons: [{ label: `Press ${word}`, action: { command: "probe", options: { word } }, style: "primary" }],
});
const once = (key: string) => ({ key, since: 0 });

/** What every platform promises to those who speak in threads, to one member, or in a channel, unasked. */
export function stagesContract(name: string, open: () => Promise<StagesUnderTest>): void {
  describe(`Speaking unasked on ${name}`, () => {
    let at: StagesUnderTest;
    let opened: Opened;
    const stage = () => ({ tenant: at.tenant, channel: at.channel, thread: opened.thread });
    const openedBy = ({ stages }: Speaking, key: string): Promise<Opened> =>
      stages.open(at.tenant, at.channel, "A mock interview", text(`lobby of ${key}`, button(key)), once(key));
    const thread = () => at.inThread(opened.thread);
    const times = (texts: readonly string[], words: string): number =>
      texts.filter((each) => each.includes(words)).length;

    beforeAll(async () => {
      at = await open();
      opened = await openedBy(at, "first");
    });
    afterAll(() => at.stop());

    describe("in a thread", () => {
      it("opens it below a message that the whole channel sees", () => {
        expect(at.stages.obstacle(at.tenant, at.channel)).toBeNull();
        expect(times(at.inChannel(), "lobby of first")).toBe(1);
        expect(opened.thread.length).toBeGreaterThan(0);
        expect(opened.message.length).toBeLessThanOrEqual(200);
      });

      it("opens one, however often and by whichever process it is asked for", async () => {
        expect(await openedBy(at, "first")).toEqual(opened);
        await at.passTime(10 * MINUTE_MS);
        expect(await openedBy(at.other, "first")).toEqual(opened);
        expect(times(at.inChannel(), "lobby of first")).toBe(1);
      });

      it("opens one where the first message arrived and nobody learned of it", async () => {
        at.loseReply();
        await openedBy(at, "lost").catch(() => null);
        await at.passTime(10 * MINUTE_MS);
        const found = await openedBy(at.other, "lost");
        expect(times(at.inChannel(), "lobby of lost")).toBe(1);
        await at.other.stages.post({ ...stage(), thread: found.thread }, text("inside"), once("inside"));
        expect(at.inThread(found.thread)).toContain("inside");
      });

      it("posts in order, where nobody outside is disturbed", async () => {
        await at.stages.post(stage(), text("question one"), once("q1"));
        await at.other.stages.post(stage(), text("question two"), once("q2"));
        const texts = thread().filter((each) => each.startsWith("question"));
        expect(texts).toEqual(["question one", "question two"]);
        expect(times(at.inChannel(), "question")).toBe(0);
      });

      it("posts once under a key: again at once, in another process, and after a reply that was lost", async () => {
        const post = ({ stages }: Speaking, key: string) =>
          stages.post(stage(), text(`said ${key}`), once(key));
        const id = await post(at, "again");
        expect(await post(at, "again")).toBe(id);
        expect(await post(at.other, "again")).toBe(id);
        at.loseReply();
        const lost = await post(at, "unheard").catch(() => null);
        await at.passTime(10 * MINUTE_MS);
        const found = await post(at.other, "unheard");
        expect(lost ?? found).toBe(found);
        await Promise.allSettled([post(at, "race"), post(at.other, "race"), post(at, "race")]);
        await at.passTime(MINUTE_MS);
        expect(await post(at, "race")).toBe(await post(at.other, "race"));
        for (const key of ["again", "unheard", "race"]) expect(times(thread(), `said ${key}`), key).toBe(1);
      });

      it("takes the same words under two keys for two messages, lost replies or not", async () => {
        await at.stages.post(stage(), text("time is up"), once("up 1"));
        at.loseReply();
        await at.stages.post(stage(), text("time is up"), once("up 2")).catch(() => null);
        await at.passTime(10 * MINUTE_MS);
        await at.other.stages.post(stage(), text("time is up"), once("up 2"));
        expect(times(thread(), "time is up")).toBe(2);
      });

      it("shows what came of a press to the one who pressed, and knows the channel of the thread", async () => {
        await at.stages.post(stage(), text("press here", button("inside")), once("buttons"));
        const before = thread().length;
        expect(await at.press({ thread: opened.thread }, "Press inside")).toBe(
          `inside ${at.tenant} ${at.channel} ${at.channel}`,
        );
        expect(thread()).toHaveLength(before);
        expect(await at.press("channel", "Press first")).toBe(
          `first ${at.tenant} ${at.channel} ${at.channel}`,
        );
      });

      it("leaves the last state standing, however many change a message at once in however many processes", async () => {
        let joined = 0;
        const message = await at.stages.post(stage(), text("0 joined"), once("count"));
        const read = async () => text(`${joined} joined`);
        const edits: Promise<void>[] = [];
        for (let member = 0; member < 8; member += 1) {
          joined += 1;
          const { stages } = member % 2 === 0 ? at : at.other;
          edits.push(stages.edit(stage(), message, read));
          await Promise.resolve();
        }
        for (let tries = 0; tries < 8; tries += 1) await at.passTime(2000);
        await Promise.all(edits);
        expect(times(thread(), "8 joined")).toBe(1);
        expect(times(thread(), "joined")).toBe(1);
      });

      it("changes the first message, too, and says nothing where a message is gone or stays as it is", async () => {
        await at.passTime(MINUTE_MS);
        await at.stages.edit(stage(), opened.message, async () => text("the interview is over"));
        expect(times(at.inChannel(), "the interview is over")).toBe(1);
        const message = await at.stages.post(stage(), text("short-lived"), once("short"));
        await at.stages.edit(stage(), message, async () => null);
        expect(times(thread(), "short-lived")).toBe(1);
        await at.deleteMessages(opened.thread);
        await at.stages.edit(stage(), message, async () => text("back again"));
        expect(times(thread(), "back again")).toBe(0);
      });
    });

    describe("in a channel", () => {
      it("posts a report with its picture once", async () => {
        const png = new Uint8Array(Buffer.from(DOT, "base64"));
        const report = text("the week", { kind: "picture", png, alt: "four bars" });
        const submission = submissionIdSchema.parse(`report/2026-W48/${at.channel}`);
        await at.channels.post(at.tenant, at.channel, report, submission);
        await at.other.channels.post(at.tenant, at.channel, report, submission);
        expect(times(at.inChannel(), "the week")).toBe(1);
        expect(at.alts()).toContain("four bars");
      });
    });

    describe("to one member", () => {
      const send = ({ directMessages }: Speaking, key: string) =>
        directMessages.send(
          at.tenant,
          at.member,
          privateReply({ kind: "text", text: `remember ${key}` }, button(key)),
          key,
          "en",
        );

      it("sends once under a key, whichever process does, and where a reply was lost", async () => {
        expect(await send(at, "monday")).toBe("sent");
        expect(await send(at.other, "monday")).toBe("sent");
        at.loseReply();
        await send(at, "tuesday").catch(() => null);
        await at.passTime(10 * MINUTE_MS);
        expect(await send(at.other, "tuesday")).toBe("sent");
        for (const day of ["monday", "tuesday"]) expect(times(at.direct(), `remember ${day}`), day).toBe(1);
        expect(times(at.inChannel(), "remember")).toBe(0);
      });

      it("has buttons that belong to the team, from no channel", async () => {
        expect(await at.press("direct", "Press monday")).toMatch(
          new RegExp(`^monday ${at.tenant} \\S+ nowhere$`),
        );
      });

      it("takes it calmly where the member takes no messages", async () => {
        const outcome = at.closeDirect() ? "not-taken" : "sent";
        expect(await send(at, "wednesday")).toBe(outcome);
      });
    });
  });
}

/** One grey pixel. */
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB4QM4wAAAAABJRU5ErkJggg==";
