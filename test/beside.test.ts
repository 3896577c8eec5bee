import { describe, expect, it } from "vitest";
import { askBeside, EndedBeside } from "#src/beside";

const besider = new URL("./doubles/besider.ts", import.meta.url);

const failureOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => null,
    (error: unknown) => error,
  );

describe("A process that is asked one question", () => {
  it("hands over maps and bytes as they are", async () => {
    expect(await askBeside(besider, "both")).toEqual(new Map([["both", new Uint8Array([1, 2])]]));
  });

  it("says why it failed, to whoever asked", async () => {
    const failure = await failureOf(askBeside(besider, "fail"));
    expect(failure).toBeInstanceOf(EndedBeside);
    expect(String(failure)).toContain("it did not work out");
    expect(failure).toMatchObject({ isFull: false });
  });

  it("ends alone when its heap is full", async () => {
    const failure = await failureOf(askBeside(besider, "fill", { heapMegabytes: 40 }));
    expect(failure).toMatchObject({ isFull: true });
  });

  it("is ended when it takes too long", async () => {
    const failure = await failureOf(askBeside(besider, "wait", { signal: AbortSignal.timeout(10) }));
    expect(failure).toMatchObject({ name: "TimeoutError" });
  });
});
