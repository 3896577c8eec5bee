import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { vram } from "#commands/vram";
import type { Look } from "#core/charts";
import type { RequestWith } from "#core/command";
import type { Block, Reply } from "#core/reply";
import type { Request } from "#core/request";
import { catalogue } from "#test/core/vram/catalogue";
import { recordingLog, servicesWith } from "#test/doubles/services";
import { openTeam, type Team } from "#test/doubles/team";

let team: Team;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(() => team.stop());

const picturesOf = ({ blocks }: Reply): Extract<Block, { kind: "picture" }>[] =>
  blocks.filter((block) => block.kind === "picture");

describe("A picture beside the words", () => {
  it("shows the streak as a calendar", async () => {
    const [picture] = picturesOf(await team.ask("streak", "", { pictures: true, locale: "zh" }));
    expect(picture?.alt).toContain("连续 0 天");
    expect(picture?.alt).toContain("进行中 1 天：11/25");
    expect(picture?.png.length).toBeGreaterThan(1000);
  });

  it("shows scores by topic beside the same figures, once there are two topics to compare", async () => {
    await team.ask("answer", "学了新任务，旧任务就忘了。可以混入旧数据一起训，再冻结大部分层、只训 LoRA。");
    expect(picturesOf(await team.ask("history", "", { pictures: true }))).toEqual([]);
    await team.ask("close");
    // A round that is closed at this instant still takes answers of this instant.
    await team.passTime(60_000);
    await team.ask("quiz", "2");
    await team.ask(
      "answer",
      "It depends on the batch size, the sequence length and the precision of the weights.",
    );
    const reply = await team.ask("history", "", { pictures: true });
    const [picture] = picturesOf(reply);
    const table = reply.blocks.filter((block) => block.kind === "table")[1];
    expect(table?.rows).toHaveLength(2);
    for (const [topic, score] of table?.rows ?? []) expect(picture?.alt).toContain(`${topic}: ${score}`);
    expect(Number(table?.rows[0]?.[1])).toBeLessThanOrEqual(Number(table?.rows[1]?.[1]));
  });

  it("shows the estimate with the figures of the tables", async () => {
    const reply = await team.ask("vram", "qwen2.5-7b qlora bs=4 seq=2k 1x4090", { pictures: true });
    const [picture] = picturesOf(reply);
    const tables = reply.blocks.filter((block) => block.kind === "table");
    for (const [, figure] of tables[0]?.rows ?? []) expect(picture?.alt).toContain(String(figure));
    for (const [card, usable] of tables[1]?.rows ?? []) expect(picture?.alt).toContain(`${card} ${usable}`);
  });

  it("is not drawn where no picture is shown", async () => {
    expect(picturesOf(await team.ask("streak"))).toEqual([]);
    expect(picturesOf(await team.ask("vram", "7b lora"))).toEqual([]);
  });

  it("is drawn for the reader's language and theme, light where the theme is not known", async () => {
    const asked: Look[] = [];
    const services = servicesWith({ models: catalogue });
    const charts: typeof services.charts = {
      ...services.charts,
      memory: async (_, look) => {
        asked.push(look);
        return { png: new Uint8Array(), alt: "" };
      },
    };
    for (const shown of [{ locale: "zh", theme: "dark" }, { locale: "en" }] satisfies Partial<Request>[]) {
      const request = { ...shown, options: { params: 7e9 } } as unknown as RequestWith<never>;
      await vram.run(request, { ...services, charts });
    }
    expect(asked).toEqual([
      { locale: "zh", theme: "dark" },
      { locale: "en", theme: "light" },
    ]);
  });

  it("is left out and logged where it cannot be drawn; the words remain", async () => {
    const log = recordingLog();
    const services = servicesWith({ models: catalogue, log });
    const charts: typeof services.charts = {
      ...services.charts,
      memory: async () => {
        throw new Error("out of ink");
      },
    };
    const request = {
      locale: "en",
      command: "vram",
      options: { params: 7e9 },
    } as unknown as RequestWith<never>;
    const reply = await vram.run(request, { ...services, charts });
    expect(picturesOf(reply)).toEqual([]);
    expect(reply.blocks.some(({ kind }) => kind === "table")).toBe(true);
    expect(log.errors.map(({ cause }) => String(cause))).toEqual(["Error: out of ink"]);
  });
});
