import { describe, expect, it } from "vitest";
import { channelIdSchema } from "#core/ids";
import { spreadOut } from "#src/schedule/spread";
import { tenant } from "./channel.ts";

const DAY_MS = 86_400_000;
const channels = Array.from({ length: 1_000 }, (_, at) => ({
  tenant,
  channel: channelIdSchema.parse(`channel-${at}`),
}));

describe("channels that are due at the same time", () => {
  it("come exactly then while they are few", () => {
    for (const one of channels.slice(0, 9)) expect(spreadOut(one, DAY_MS, 0, 255)).toBe(DAY_MS);
  });

  it("come one after the other within a minute where they are a crowd, each at a moment of its own", () => {
    const moments = channels.map((one) => spreadOut(one, DAY_MS, 0, 1_000) - DAY_MS);
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...moments)).toBeLessThan(60_000);
    const bySecond = Map.groupBy(moments, (ms) => Math.floor(ms / 1000));
    expect(Math.max(...[...bySecond.values()].map(({ length }) => length))).toBeLessThan(50);
    expect(channels.map((one) => spreadOut(one, DAY_MS, 0, 1_000) - DAY_MS)).toEqual(moments);
  });

  it("are not put off where they come again within minutes", () => {
    for (const one of channels.slice(0, 9)) expect(spreadOut(one, 60_000, 0, 1_000)).toBe(60_000);
  });
});
