import { describe, expect, it } from "vitest";
import { onFollowers } from "#src/store/redis/followers";

/** A master whose replicas are so many seconds behind, of which so many have what was written. */
const master = (lags: readonly number[], having: number) => {
  const asked: number[] = [];
  const lines = lags.map((lag, at) => `slave${at}:ip=127.0.0.1,port=1,state=online,offset=9,lag=${lag}\r\n`);
  return {
    asked,
    info: async () => `# Replication\r\nrole:master\r\n${lines.join("")}`,
    wait: async (wanted: number) => {
      asked.push(wanted);
      return having;
    },
  };
};

describe("A write that is to survive the loss of its server", () => {
  it.each([
    ["is on both replicas", [0, 1], 2, true],
    ["is on one of two, of which the other may be promoted", [0, 1], 1, false],
    ["is on one, and the other has been silent for long", [0, 9], 1, true],
    ["is on no replica, for there is none", [], 0, false],
    ["is on one that has been silent for long", [9], 1, true],
  ])("counts or not where it %s", async (_, lags, having, isSafe) => {
    expect(await onFollowers()(master(lags, having))).toBe(isSafe);
  });

  it("asks anew how many keep up, but not at each write", async () => {
    let at = 0;
    const acknowledge = onFollowers(() => at);
    const node = master([0, 0], 2);
    await acknowledge(node);
    const alone = { ...node, info: async () => "role:master\r\n" };
    node.info = alone.info;
    await acknowledge(node);
    at = 600;
    await acknowledge(node);
    expect(node.asked).toEqual([2, 2, 1]);
  });
});
