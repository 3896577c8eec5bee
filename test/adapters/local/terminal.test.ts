import { describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import type { Dispatch } from "#core/dispatch";
import { privateReply } from "#core/reply";
import type { Request } from "#core/request";
import { adapterContract } from "#test/contracts/adapter";
import { openPipe, type PipeSettings } from "#test/doubles/terminal";

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const steersTerminal = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/;

adapterContract("terminal", async (core) => {
  const pipe = openPipe(core);
  return {
    // The question is shown before the first answer, so that a member knows what they answer.
    send: (text) => pipe.type(text),
    seenByOthers: async () => "",
    isInert: (seen) => !steersTerminal.test(seen),
    stop: async () => {
      await pipe.end();
    },
  };
});

/** Everything that reaches the core from one piped text. */
async function requestsFor(
  text: string,
  settings: PipeSettings = {},
): Promise<{ requests: Request[]; printed: string }> {
  const requests: Request[] = [];
  const dispatch: Dispatch = async (request) => {
    requests.push(request);
    return privateReply({ kind: "text", text: `reply to ${request.command}` });
  };
  const pipe = openPipe({ dispatch, commands }, settings);
  await pipe.type(text);
  return { printed: await pipe.end(), requests };
}

const typed = ({ requests }: { requests: Request[] }): string[] =>
  requests.map(({ command, input }) => `${command}|${input.kind === "text" ? input.text : ""}`);

describe("A pipe", () => {
  it("is answered command by command, without the question or a prompt", async () => {
    const result = await requestsFor("/streak\n/help quiz");
    expect(typed(result)).toEqual(["streak|", "help|quiz"]);
    expect(result.printed).toBe("reply to streak\n\nreply to help\n\n");
  });

  it("takes text as an answer to what is open, and starts nothing by itself", async () => {
    expect(typed(await requestsFor("减小 batch"))).toEqual(["answer|减小 batch"]);
  });

  it("takes a slash alone as a mistyped command, not as an answer", async () => {
    expect(typed(await requestsFor("/\n//\n/constructor"))).toEqual(["|", "/|", "constructor|"]);
  });

  it("keeps a long text with the command that it stands behind", async () => {
    const log = "Traceback (most recent call last):\n\n/usr/lib/python3/x.py\nCUDA out of memory";
    expect(typed(await requestsFor(`/answer ${log}\n/streak`))).toEqual([`answer|${log}`, "streak|"]);
  });

  it("takes what follows a short command as an answer", async () => {
    expect(typed(await requestsFor("/streak\nfreeze layers"))).toEqual(["streak|", "answer|freeze layers"]);
  });

  it("understands the slash of a Chinese keyboard", async () => {
    expect(typed(await requestsFor("／streak why"))).toEqual(["streak|why"]);
  });

  it("shows the question where nothing comes at all", async () => {
    const requests: Request[] = [];
    const pipe = openPipe({
      commands,
      dispatch: async (request) => {
        requests.push(request);
        return privateReply({ kind: "text", text: "the question" });
      },
    });
    expect(await pipe.end()).toContain("the question");
    expect(requests.map(({ command }) => command)).toEqual(["quiz"]);
  });

  it("answers the round that was shown, whatever has opened since", async () => {
    const requests: Request[] = [];
    const pipe = openPipe({
      commands,
      dispatch: async (request) => {
        requests.push(request);
        const action = { command: "answer", options: { round: "2026-11-25@local" } };
        return privateReply({ kind: "buttons", buttons: [{ label: "Answer", action, style: "primary" }] });
      },
    });
    await pipe.type("/quiz");
    await pipe.type("freeze layers");
    await pipe.end();
    expect(requests.at(-1)).toMatchObject({
      command: "answer",
      input: {
        kind: "typed",
        options: { text: "freeze layers", round: "2026-11-25@local", opened: requests[0]?.sentAt },
      },
    });
  });

  it("switches the language for what follows", async () => {
    const { requests } = await requestsFor("/streak\n/lang zh\n/streak");
    expect(requests.map(({ locale }) => locale)).toEqual(["en", "zh"]);
  });

  it("stops at /quit", async () => {
    expect(typed(await requestsFor("/streak\n/quit\n/history"))).toEqual(["streak|"]);
  });

  it("cuts what no command could take", async () => {
    const { requests } = await requestsFor(`/answer ${"x".repeat(3_000_000)}`);
    const input = requests.at(-1)?.input;
    expect(input?.kind === "text" && input.text.length).toBeLessThanOrEqual(1_000_000);
  });
});
