import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Command, defineCommand } from "#core/command";
import { createDispatch } from "#core/dispatch";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import { privateReply } from "#core/reply";
import type { Request, Role } from "#core/request";
import { StoreFailure } from "#core/store-failure";
import { recordingLog, servicesWith } from "#test/doubles/services";
import { wordsOf } from "#test/doubles/team";

const greet = (who: Role): Command =>
  defineCommand({
    name: "greet",
    who,
    where: "everywhere",
    summary: { zh: "问好", en: "greets" },
    examples: [],
    options: z.object({}),
    shorthands: [],
    run: async () => privateReply({ kind: "text", text: "hello" }),
  });

const from = (role: Role, command = "greet"): Request => ({
  tenant: tenantIdSchema.parse("team"),
  channel: channelIdSchema.parse("study"),
  member: memberIdSchema.parse("ada"),
  role,
  locale: "en",
  command,
  input: { kind: "text", text: "" },
  sentAt: 0,
  submission: submissionIdSchema.parse("one"),
});

describe("A request", () => {
  it.each([
    ["member", "member", "hello"],
    ["editor", "member", "hello"],
    ["admin", "admin", "hello"],
    ["member", "editor", "/greet is for editors. Ask one of them to run it or to give you the role."],
    ["editor", "admin", "/greet is for admins. Ask one of them to run it or to give you the role."],
  ] as const)("of a %s to a command for the role %s is answered “%s”", async (role, who, words) => {
    const commands = [greet(who)];
    const dispatch = createDispatch(commands, servicesWith({ commands }));
    expect(wordsOf(await dispatch(from(role)))).toBe(words);
  });

  it("finds its command whatever the case", async () => {
    const commands = [greet("member")];
    const dispatch = createDispatch(commands, servicesWith({ commands }));
    expect(wordsOf(await dispatch(from("member", "GREET")))).toBe("hello");
  });

  it("is answered calmly when what must come before it fails, and the next one is tried again", async () => {
    const log = recordingLog();
    const commands = [greet("member")];
    const failure = new StoreFailure("full", "/disk/rehearsal.db");
    let full = true;
    const dispatch = createDispatch(commands, servicesWith({ commands, log }), async () => {
      if (full) throw failure;
    });
    expect(wordsOf(await dispatch(from("member")))).toContain(
      "could not be saved: the store has no room left",
    );
    expect(log.errors.map(({ cause }) => cause)).toEqual([failure]);
    full = false;
    expect(wordsOf(await dispatch(from("member")))).toBe("hello");
  });
});
