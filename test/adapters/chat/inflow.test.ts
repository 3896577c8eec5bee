import { describe, expect, it } from "vitest";
import { Inflow } from "#src/adapters/chat/inflow";
import { recordingLog } from "#test/doubles/services";

describe("What comes in from a platform", () => {
  it("is dealt with once where it is delivered again within five minutes, and not remembered for ever", async () => {
    let now = 0;
    const done: string[] = [];
    const inflow = new Inflow(recordingLog(), () => now);
    const deliver = (id: string): void => inflow.take(id, async () => void done.push(`${id} at ${now}`));
    deliver("a");
    for (now of [1, 299_999, 300_000, 599_999]) {
      deliver("a");
      deliver(`another ${now}`);
    }
    now = 600_000;
    deliver("one more");
    deliver("a");
    await inflow.rest();
    expect(done.filter((one) => one.startsWith("a "))).toEqual(["a at 0", "a at 600000"]);
  });

  it("is remembered by its number as well: a flood does not fill the memory", async () => {
    const done: string[] = [];
    const inflow = new Inflow(recordingLog(), () => 0);
    const deliver = (id: string): void => inflow.take(id, async () => void done.push(id));
    for (const first of ["first", "first"]) deliver(first);
    for (let at = 0; at < 39_998; at += 1) deliver(String(at));
    deliver("first");
    for (let at = 0; at < 3; at += 1) deliver(`late ${at}`);
    deliver("first");
    await inflow.rest();
    expect(done.filter((id) => id === "first")).toHaveLength(2);
  });
});
