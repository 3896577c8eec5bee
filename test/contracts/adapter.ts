import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Command, defineCommand } from "#core/command";
import { createDispatch, type Dispatch } from "#core/dispatch";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, publicReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { recordingLog, servicesWith } from "#test/doubles/services";

/** An adapter in front of a core that a test controls. */
export interface AdapterUnderTest {
  /** Sends one message as a member would; resolves with all that this member then sees. */
  send(text: string): Promise<string>;
  /** What everybody else in the channel has seen so far. */
  seenByOthers(): Promise<string>;
  /** Whether what the member sees is inert: nothing in it mentions, links, formats, or steers the platform. */
  isInert(seen: string): boolean;
  stop(): Promise<void>;
}

export interface CoreForAdapter {
  readonly dispatch: Dispatch;
  readonly commands: readonly Command[];
}

const echo = defineCommand({
  name: "echo",
  who: "member",
  where: "everywhere",
  summary: { zh: "重复", en: "repeats" },
  examples: ["/echo hello"],
  options: z.object({ text: z.string().optional().meta({ rest: true }) }),
  shorthands: [],
  run: async ({ options }) => privateReply({ kind: "text", text: `echo ${options.text ?? ""}` }),
});

const failing = defineCommand({
  ...echo,
  name: "failing",
  run: async ({ options }) => {
    if (options.text === "refuse") throw new Refusal((say) => say.quiz.noRound);
    throw new Error("the disk caught fire", { cause: new Error("a spark") });
  },
});

/** A block of every kind, each with words that must reach the member. */
const everyBlock: {
  readonly [Kind in Block["kind"]]: { block: Block & { kind: Kind }; says: readonly string[] };
} = {
  heading: { block: { kind: "heading", text: "the heading" }, says: ["the heading"] },
  text: { block: { kind: "text", text: "一段文字 and words" }, says: ["一段文字 and words"] },
  note: { block: { kind: "note", text: "a note" }, says: ["a note"] },
  fields: { block: { kind: "fields", fields: [{ label: "score", value: "53" }] }, says: ["score", "53"] },
  verdicts: {
    block: {
      kind: "verdicts",
      rows: [
        {
          verdict: "hit",
          label: "Hit",
          title: "the title",
          quotes: ["own words"],
          note: "the statement",
          erratum: "what is right",
          source: "the heading it stands under",
        },
        { verdict: "miss", label: "Missed", quotes: [], note: "the hint" },
      ],
    },
    says: [
      "Hit",
      "the title",
      "own words",
      "the statement",
      "what is right",
      "the heading it stands under",
      "Missed",
      "the hint",
    ],
  },
  table: {
    block: {
      kind: "table",
      columns: [
        { label: "part", align: "left" },
        { label: "GiB", align: "right" },
      ],
      rows: [["权重", "13.04"]],
    },
    says: ["part", "GiB", "权重", "13.04"],
  },
  list: { block: { kind: "list", ordered: true, items: ["first", "second"] }, says: ["first", "second"] },
  code: { block: { kind: "code", text: "weights = 2 * P" }, says: ["weights = 2 * P"] },
  deadline: {
    block: { kind: "deadline", label: "open until", at: Date.UTC(2026, 10, 25, 9) },
    says: ["open until"],
  },
  picture: {
    block: { kind: "picture", png: new Uint8Array([137, 80, 78, 71]), alt: "a calendar" },
    says: ["a calendar"],
  },
  file: { block: { kind: "file", name: "answers.json", content: "{}" }, says: ["answers.json"] },
  buttons: {
    block: {
      kind: "buttons",
      buttons: [{ label: "Get a hint", action: { command: "hint", options: {} }, style: "secondary" }],
    },
    says: ["Get a hint"],
  },
  choices: {
    block: {
      kind: "choices",
      label: "Which day?",
      option: "text",
      action: { command: "echo", options: {} },
      choices: [
        { value: "1", label: "Monday 周一", selected: true },
        { value: "2", label: "Tuesday", selected: false },
      ],
      multiple: false,
    },
    says: ["Which day?", "Monday 周一", "Tuesday"],
  },
  quote: {
    block: { kind: "quote", label: "92 of 100", text: "mix old data in" },
    says: ["92 of 100", "mix old data in"],
  },
  members: { block: { kind: "members", label: "Kept it", members: [] }, says: ["Kept it"] },
  form: {
    block: {
      kind: "form",
      form: {
        title: "Your answer",
        submit: "Send",
        fields: [
          { option: "text", label: "Answer", placeholder: "type here", multiline: true, maxLength: 4000 },
        ],
        action: { command: "answer", options: {} },
      },
    },
    says: ["Your answer", "type here"],
  },
};

const hostile = [
  "@everyone @here <@123> <!channel> <!here>",
  "[click](https://evil.example) <https://evil.example|bank>",
  "\u001b[2J\u001b]0;owned\u0007 \u009b31m",
  "\u202egnp.exe \u2066x\u2069 \u200b",
  "**bold** `code` ||spoiler|| ~~x~~ > quote",
].join(" ");

/** What every adapter keeps, whatever its platform. */
export function adapterContract(
  name: string,
  open: (core: CoreForAdapter) => Promise<AdapterUnderTest>,
): void {
  describe(`The ${name} adapter`, () => {
    let adapter: AdapterUnderTest | undefined;
    afterEach(async () => {
      await adapter?.stop();
      adapter = undefined;
    });

    const recording = async (reply: (request: Request) => Reply): Promise<Request[]> => {
      const requests: Request[] = [];
      const dispatch: Dispatch = async (request) => {
        requests.push(request);
        return reply(request);
      };
      adapter = await open({ dispatch, commands: [echo, failing] });
      return requests;
    };
    const realCore = async (): Promise<ReturnType<typeof recordingLog>> => {
      const log = recordingLog();
      const commands = [echo, failing];
      adapter = await open({ dispatch: createDispatch(commands, servicesWith({ log, commands })), commands });
      return log;
    };
    const send = (text: string): Promise<string> => {
      if (adapter === undefined) throw new Error("no adapter is open");
      return adapter.send(text);
    };

    it("carries a command with its text, and who sent it, to the core", async () => {
      const requests = await recording(() => privateReply());
      await send("/echo 显存 and  VRAM");
      expect(requests.at(-1)).toMatchObject({
        command: "echo",
        input: { kind: "text", text: "显存 and  VRAM" },
      });
      expect(requests.at(-1)?.member).not.toBe("");
      expect(requests.at(-1)?.tenant).not.toBe("");
    });

    it("takes text without a command as an answer", async () => {
      const requests = await recording(() => privateReply());
      await send("减小 batch size");
      expect(requests.at(-1)).toMatchObject({
        command: "answer",
        input: { kind: "text", text: "减小 batch size" },
      });
    });

    it("keeps an answer of several lines together", async () => {
      const requests = await recording(() => privateReply());
      await send("first, freeze layers\n\nsecond, replay old data");
      expect(requests.at(-1)?.input).toEqual({
        kind: "text",
        text: "first, freeze layers\n\nsecond, replay old data",
      });
    });

    it("gives every submission an id of its own", async () => {
      const requests = await recording(() => privateReply());
      await send("/echo one");
      await send("/echo one");
      expect(new Set(requests.map(({ submission }) => submission)).size).toBe(requests.length);
    });

    it.each(Object.values(everyBlock))(
      "draws a $block.kind block with all that it says",
      async ({ block, says }) => {
        await recording(() => privateReply(block));
        const seen = await send("/echo");
        for (const words of says) expect(seen).toContain(words);
      },
    );

    it("shows hostile text as text", async () => {
      await recording(() =>
        privateReply(
          { kind: "text", text: hostile },
          { kind: "verdicts", rows: [{ verdict: "hit", label: "Hit", quotes: [hostile] }] },
        ),
      );
      const seen = await send("/echo");
      expect(seen).toContain("evil.example");
      expect(adapter?.isInert(seen)).toBe(true);
    });

    it("lets nobody else see a private reply", async () => {
      await recording(() => privateReply({ kind: "text", text: "for your eyes only" }));
      expect(await send("/echo")).toContain("for your eyes only");
      expect(await adapter?.seenByOthers()).not.toContain("for your eyes only");
    });

    it("shows a public reply to the member who asked as well", async () => {
      await recording(() => publicReply({ kind: "text", text: "for everybody" }));
      expect(await send("/echo")).toContain("for everybody");
    });

    it("shows a refusal as it stands", async () => {
      const log = await realCore();
      const seen = await send("/failing refuse");
      const sentences = [messagesFor("zh").quiz.noRound, messagesFor("en").quiz.noRound];
      expect(sentences.some((sentence) => seen.includes(sentence))).toBe(true);
      expect(log.errors).toEqual([]);
    });

    it("suggests the nearest command for an unknown one", async () => {
      await realCore();
      expect(await send("/ecco")).toContain("/echo");
    });

    it("answers a failure calmly and logs it once with its cause", async () => {
      const log = await realCore();
      const seen = await send("/failing now");
      expect(seen).not.toContain("fire");
      expect(seen.length).toBeGreaterThan(10);
      expect(log.errors).toHaveLength(1);
      expect(log.errors[0]?.cause).toMatchObject({
        message: "the disk caught fire",
        cause: { message: "a spark" },
      });
    });
  });
}
