import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "#commands/index";
import { type Command, defineCommand } from "#core/command";
import { privateReply } from "#core/reply";
import { asInTaiwan } from "#core/taiwan";
import { invitePermissions, inviteScopes, inviteUrl } from "#src/adapters/discord/invite";
import { commandsJson, messageMenu } from "#src/adapters/discord/register";
import { typedOptions } from "#src/adapters/discord/typed-options";
import { checkCommands } from "#test/doubles/discord/command-rules";
import { openapiJudge } from "#test/doubles/discord/openapi";

const judge = openapiJudge();

/** One that was written after the adapter. */
const poll = (more: Partial<Command> = {}): Command => ({
  ...defineCommand({
    name: "poll",
    who: "admin",
    where: "everywhere",
    summary: {
      zh: "问全队一个问题，比如下周先练哪个主题；可以限定时间，也可以只问某些人，结果只有管理员看得到，不会公开任何人的选择".repeat(
        2,
      ),
      en: "Ask the whole team a question, for example which topic to practise first next week; with a deadline or without",
    },
    examples: ["/poll"],
    options: z.object({
      question: z.string().meta({ rest: true, label: { zh: "问题", en: "question" } }),
      kind: z
        .enum(["open", "secret"])
        .optional()
        .meta({
          label: { zh: "方式", en: "kind" },
          words: { secret: ["匿名", "hidden"] },
          description: "Who sees who chose what",
        }),
      hours: z
        .number()
        .int()
        .min(1)
        .max(72)
        .optional()
        .meta({ label: { zh: "小时数", en: "Open for (hours)" } }),
      share: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .meta({ label: { zh: "比例", en: "share" } }),
      anyone: z
        .boolean()
        .optional()
        .meta({ label: { zh: "任何人", en: "anyone" } }),
      mode: z
        .union([z.boolean(), z.enum(["half"])])
        .optional()
        .meta({ label: { zh: "模式", en: "mode" } }),
      topics: z
        .array(z.enum(["a", "b"]))
        .optional()
        .meta({ label: { zh: "主题", en: "topics" } }),
      topic: z
        .string()
        .optional()
        .meta({ label: { zh: "一个主题", en: "topic" }, suggest: "topic" }),
      where: z
        .string()
        .optional()
        .meta({ label: { zh: "频道", en: "where" }, picks: "channel" }),
      roles: z
        .array(z.string())
        .optional()
        .meta({ label: { zh: "角色", en: "roles" }, picks: "roles" }),
      round: z.string().optional(),
    }),
    shorthands: [],
    run: async () => privateReply(),
  }),
  ...more,
});

const json = (list: readonly Command[]) => JSON.parse(JSON.stringify(commandsJson(list, asInTaiwan)));

const optionOf = (name: string) => {
  const [command] = json([poll()]);
  return command.options.find((option: { name: string }) => option.name === name);
};

describe("the commands as Discord registers them", () => {
  it("are taken by Discord as they are", () => {
    const body = json([...commands, poll()]);
    expect(checkCommands(body)).toEqual([]);
    expect(judge("PUT", "/applications/1/commands", body)).toEqual([]);
    expect(judge("PUT", "/applications/1/guilds/1/commands", body)).toEqual([]);
  });

  it("are all that exist but those of one's own machine, and whatever is added later", () => {
    const slash = json([...commands, poll()]).filter(({ type }: { type: number }) => type === 1);
    expect(slash.map(({ name }: { name: string }) => name)).toEqual([
      ...commands.filter(({ where }) => where === "everywhere").map(({ name }) => name),
      "poll",
    ]);
  });

  it("are offered in servers and in direct messages with the bot; those of admins to admins", () => {
    const [quiz, admin] = json([poll({ name: "quiz", who: "member" }), poll()]);
    expect(quiz).toMatchObject({
      contexts: [0, 1],
      integration_types: [0],
      default_member_permissions: null,
    });
    expect(admin).toMatchObject({ default_member_permissions: "32" });
  });

  it("say what they do in English and in the Chinese of the mainland and of Taiwan", () => {
    const vram = json(commands).find(({ name }: { name: string }) => name === "vram");
    expect(vram.description_localizations["zh-CN"]).toContain("显存");
    expect(vram.description_localizations["zh-TW"]).toContain("顯示記憶體");
    const batch = vram.options.find(({ name }: { name: string }) => name === "batch");
    expect(batch.name_localizations).toEqual({ "en-US": "batch", "zh-CN": "批大小", "zh-TW": "批大小" });
    const gpu = vram.options.find(({ name }: { name: string }) => name === "gpu");
    expect(gpu.name_localizations["zh-TW"]).toBe("顯示卡");
  });

  it("cut a summary that is too long at the end, with an ellipsis", () => {
    const [command] = json([poll()]);
    expect(command.description.endsWith("…")).toBe(true);
    expect(command.description_localizations["zh-CN"]).toHaveLength(100);
  });

  it("give every option the type that its values have", () => {
    expect(optionOf("question")).toMatchObject({ type: 3, required: true });
    expect(optionOf("hours")).toMatchObject({ type: 4, min_value: 1, max_value: 72, required: false });
    expect(optionOf("share")).toMatchObject({ type: 10, min_value: 0, max_value: 1 });
    expect(optionOf("anyone")).toMatchObject({ type: 5 });
    expect(optionOf("mode").choices.map(({ value }: { value: string }) => value)).toEqual([
      "half",
      "true",
      "false",
    ]);
    expect(optionOf("where")).toMatchObject({ type: 7, channel_types: [0, 5] });
    expect(optionOf("roles")).toMatchObject({ type: 8 });
    expect(optionOf("topic")).toMatchObject({ type: 3, autocomplete: true });
    expect(optionOf("round")).toBeUndefined();
  });

  it("name an option as its label does, in letters that Discord takes", () => {
    expect(optionOf("hours").name_localizations).toEqual({
      "en-US": "open_for_hours",
      "zh-CN": "小时数",
      "zh-TW": "小時數",
    });
  });

  it("name a choice by its word and by the Chinese one that people type for it", () => {
    expect(optionOf("kind").choices).toEqual([
      { name: "open", value: "open" },
      {
        name: "secret",
        value: "secret",
        name_localizations: { "en-US": "secret", "zh-CN": "secret 匿名", "zh-TW": "secret 匿名" },
      },
    ]);
  });

  it("put the options that a command has too many of into one that takes them as text", () => {
    const shape = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `o${at}`,
        z
          .number()
          .optional()
          .meta({ label: { zh: `项${at}`, en: `o ${at}` } }),
      ]),
    );
    const large = poll({ options: z.object(shape) });
    const [command] = json([large]);
    expect(command.options).toHaveLength(25);
    expect(command.options[24]).toMatchObject({ name: "more", type: 3 });
    expect(checkCommands([command])).toEqual([]);
    expect(
      typedOptions(large, [
        { name: "o1", value: 4 },
        { name: "more", value: "o28=3 o29=7" },
      ]),
    ).toEqual({
      o1: 4,
      o28: 3,
      o29: 7,
    });
  });

  it("offer an attachment beside a text that may come as a file", () => {
    const oom = json(commands).find(({ name }: { name: string }) => name === "oom");
    const typeOf = (wanted: string) =>
      oom.options.find(({ name }: { name: string }) => name === wanted)?.type;
    expect([typeOf("text"), typeOf("file")]).toEqual([3, 11]);
  });

  it("stand in the menu of a message where they read one, in the member's language", () => {
    const [menu] = json(commands).filter(({ type }: { type: number }) => type === 3);
    expect(menu).toMatchObject({
      name: "Diagnose this log",
      name_localizations: { "en-US": "Diagnose this log", "zh-CN": "诊断这段日志", "zh-TW": "診斷這段日誌" },
    });
    expect(menu.description).toBeUndefined();
    expect(messageMenu(commands, "Diagnose this log")).toMatchObject({
      command: { name: "oom" },
      option: "text",
    });
    expect(messageMenu(commands, "Delete this log")).toBeNull();
  });
});

describe("what a member gave in a slash command", () => {
  it("is what the command's own schema takes", () => {
    const given = [
      { name: "question", value: "true or false?" },
      { name: "kind", value: "secret" },
      { name: "hours", value: 4 },
      { name: "anyone", value: false },
      { name: "mode", value: "true" },
      { name: "topics", value: "a,b" },
      { name: "roles", value: "123456789012345678" },
      { name: "where", value: "123456789012345678" },
    ];
    const options = typedOptions(poll(), given);
    expect(options).toEqual({
      question: "true or false?",
      kind: "secret",
      hours: 4,
      anyone: false,
      mode: true,
      topics: ["a", "b"],
      roles: ["123456789012345678"],
      where: "123456789012345678",
    });
    expect(poll().options.safeParse(options).success).toBe(true);
  });
});

describe("the invitation", () => {
  it("asks for the two scopes and for exactly the permissions that are explained", () => {
    const url = new URL(inviteUrl("123456789012345678", "42"));
    expect(url.origin + url.pathname).toBe("https://discord.com/oauth2/authorize");
    expect(url.searchParams.get("scope")?.split(" ")).toEqual(inviteScopes.map(({ name }) => name));
    expect(url.searchParams.get("client_id")).toBe("123456789012345678");
    expect(url.searchParams.get("guild_id")).toBe("42");
    const bits = BigInt(url.searchParams.get("permissions") ?? "0");
    expect(invitePermissions.reduce((left, { bit }) => left & ~bit, bits)).toBe(0n);
    // Neither administrator nor anything that changes a server or its members.
    expect(bits & (0x8n | 0x10n | 0x20n | 0x2n | 0x4n | (1n << 28n) | (1n << 13n) | (1n << 17n))).toBe(0n);
  });
});
