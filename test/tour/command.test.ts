import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { commands as shipped } from "#commands/index";
import type { Command } from "#core/command";
import { createDispatch } from "#core/dispatch";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import type { Input } from "#core/request";
import { commandsJson } from "#src/adapters/discord/register";
import { openTeam, wordsOf } from "#test/doubles/team";

const root = resolve(import.meta.dirname, "../..");
const guide = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const [, source = ""] = /## Add a command\n[\s\S]*?```ts\n([\s\S]*?)```/u.exec(guide) ?? [];

/** A checkout in which the new file stands in its place; everything else is this one's. */
const checkout = mkdtempSync(join(tmpdir(), "rehearsal-tour-"));
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

async function addedCommand(): Promise<Command> {
  for (const shared of ["src", "node_modules", "package.json"])
    symlinkSync(join(root, shared), join(checkout, shared));
  mkdirSync(join(checkout, "commands"));
  const file = join(checkout, "commands", "count.ts");
  writeFileSync(file, source);
  const { count } = (await import(pathToFileURL(file).href)) as { count: Command };
  return count;
}
const added = await addedCommand();
const commands = [...shipped, added];

describe("The command that the guide adds", () => {
  it("is ten lines and its imports", () => {
    const [, definition = ""] = source.split(/^export /mu);
    expect(definition.trim().split("\n").length).toBeLessThanOrEqual(10);
  });

  it("answers what is typed and what a form or Discord sends, and help explains it", async () => {
    const team = await openTeam();
    const dispatch = createDispatch(commands, { ...team.services, commands });
    const ask = async (command: string, input: Input) =>
      wordsOf(
        await dispatch({
          tenant: team.tenant,
          channel: team.channel,
          member: memberIdSchema.parse("ada"),
          role: "member",
          locale: "zh",
          command,
          input,
          sentAt: team.now(),
          submission: submissionIdSchema.parse(`tour-${command}-${input.kind}`),
        }),
      );
    expect(await ask("count", { kind: "text", text: "混入旧数据一起训" })).toBe("8");
    expect(await ask("count", { kind: "typed", options: { text: "five!" } })).toBe("5");
    expect(await ask("help", { kind: "text", text: "count" })).toContain(added.summary.zh);
    await team.stop();
  });

  it("is registered on Discord with its option, in both languages", () => {
    const registered = commandsJson(commands, (text) => text).find(({ name }) => name === "count");
    expect(registered).toMatchObject({
      description: added.summary.en,
      description_localizations: { "zh-CN": added.summary.zh },
      options: [{ name: "text", required: true, name_localizations: { "zh-CN": "草稿" } }],
    });
  });
});
