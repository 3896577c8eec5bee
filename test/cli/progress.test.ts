import { describe, expect, it } from "vitest";
import { ProgressBar } from "#src/cli/progress";

describe("The bar of an import", () => {
  const screen = (isTTY: boolean) => {
    const written: string[] = [];
    return { isTTY, written, write: (text: string) => written.push(text) };
  };

  it("says on a terminal how far it has come, and is taken away at the end", () => {
    const terminal = screen(true);
    let now = 0;
    const bar = new ProgressBar(terminal, () => now);
    bar.draw("reading", 0);
    bar.draw("reading", 0.2);
    now = 1000;
    bar.draw("reading", 0.5);
    bar.clear();
    expect(terminal.written).toHaveLength(3);
    expect(terminal.written[1]).toContain("50 % reading");
    expect(terminal.written[2]).toBe("\r\u001B[K");
  });

  it("is not drawn where nobody looks", () => {
    const file = screen(false);
    const bar = new ProgressBar(file, () => 0);
    bar.draw("reading", 0.5);
    bar.clear();
    expect(file.written).toEqual([]);
  });
});
