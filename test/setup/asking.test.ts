import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { TerminalAsking } from "#src/setup/asking";

function terminal(interactive: boolean) {
  const input = new PassThrough();
  const output = new PassThrough();
  const shown: string[] = [];
  output.on("data", (chunk) => shown.push(String(chunk)));
  return { input, asking: new TerminalAsking(input, output, interactive), shown: () => shown.join("") };
}

describe("a question in the terminal", () => {
  it("shows what is typed, but not what is secret", async () => {
    const { input, asking, shown } = terminal(true);
    const secret = asking.ask("Token: ", { secret: true });
    input.write("s3cret-token\r");
    expect(await secret).toBe("s3cret-token");
    const open = asking.ask("Name: ");
    input.write(" study \r");
    expect(await open).toBe("study");
    asking.close();
    expect(shown()).toContain("Token: \n");
    expect(shown()).not.toContain("s3cret");
    expect(shown()).toContain("study");
  });

  it("is answered line by line from a pipe, and by nothing once that has ended", async () => {
    const { input, asking } = terminal(false);
    input.end("one\ntwo\n");
    expect(await asking.ask("1? ")).toBe("one");
    expect(await asking.ask("2? ", { secret: true })).toBe("two");
    expect(await asking.ask("3? ")).toBeNull();
    expect(await asking.ask("4? ")).toBeNull();
  });

  it("is over at Ctrl+C", async () => {
    const { input, asking } = terminal(true);
    const answer = asking.ask("Token: ", { secret: true });
    input.write("half\u0003");
    expect(await answer).toBeNull();
  });
});
