import { describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import type { Complete } from "#core/completion";
import { privateReply } from "#core/reply";
import { openPipe } from "#test/doubles/terminal";

describe("Tab in the terminal", () => {
  it("completes the last option with what the core knows, and says which option it asked for", async () => {
    const asked: unknown[] = [];
    const complete: Complete = async (command, option, typed, locale) => {
      asked.push([command, option, typed, locale]);
      return [{ value: "Asia/Shanghai", label: "上海 · Asia/Shanghai" }];
    };
    const requests: unknown[] = [];
    const pipe = openPipe(
      {
        dispatch: async ({ command, input }) => {
          requests.push([command, input]);
          return privateReply({ kind: "text", text: "done" });
        },
        commands,
      },
      { interactive: true, complete },
    );
    await pipe.sees("> ");
    pipe.press("/settings on zone=上\t");
    await pipe.sees("Asia/Shanghai");
    pipe.press("\r");
    await pipe.sees("done");
    expect(asked).toEqual([["settings", "zone", "上", "en"]]);
    expect(requests.at(-1)).toEqual(["settings", { kind: "text", text: "on zone=Asia/Shanghai" }]);
    await pipe.end();
  });

  it("completes a command's name where no option has been begun", async () => {
    const pipe = openPipe(
      { dispatch: async () => privateReply({ kind: "text", text: "done" }), commands },
      { interactive: true },
    );
    await pipe.sees("> ");
    pipe.press("/setti\t");
    await pipe.sees("/settings ");
    await pipe.end();
  });
});
