import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ALT_LENGTH, CALENDAR_WEEKS, type Charts, type Look, PICTURE_ROWS } from "#core/charts";
import { studyDateSchema } from "#core/ids";
import { reportReply } from "#core/report/reply";
import { reportAlt } from "#src/charts/alt";
import { createCharts, SHIPPED_FONTS } from "#src/charts/charts";
import { kept } from "#src/charts/kept";
import { drawnReport } from "#src/charts/limits";
import { calendar, looks, memory, reportIn, topicsIn } from "./samples.ts";

const open = (): Charts => createCharts({ fontFolder: SHIPPED_FONTS });
const charts = open();
const english: Look = { locale: "en", theme: "light" };

const kinds = ["calendar", "topics", "memory", "report"] as const;
const draw = (from: Charts, kind: (typeof kinds)[number], look: Look) =>
  kind === "calendar"
    ? from.calendar(calendar, look)
    : kind === "topics"
      ? from.topics(topicsIn(look.locale), look)
      : kind === "memory"
        ? from.memory(memory, look)
        : from.report(reportIn(look.locale), look);

/** Width and height as the PNG's header says. */
const sizeOf = (png: Uint8Array): readonly [number, number] => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

describe.each(kinds)("The %s picture", (kind) => {
  it("is a PNG of 1200 pixels across, small enough to send", async () => {
    for (const look of looks) {
      const { png } = await draw(charts, kind, look);
      expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
      expect(sizeOf(png)[0]).toBe(1200);
      expect(png.length).toBeLessThan(200_000);
    }
  });

  it("looks different in every language and theme", async () => {
    const drawn = await Promise.all(looks.map((look) => draw(charts, kind, look)));
    expect(new Set(drawn.map(({ png }) => Buffer.from(png).toString("base64"))).size).toBe(looks.length);
  });

  it("has the same bytes whenever and wherever it is drawn", async () => {
    const first = await draw(charts, kind, english);
    await draw(charts, kind, { locale: "zh", theme: "dark" });
    const again = await draw(charts, kind, english);
    const elsewhere = await draw(open(), kind, english);
    expect(Buffer.compare(first.png, again.png)).toBe(0);
    expect(Buffer.compare(first.png, elsewhere.png)).toBe(0);
    expect(again.alt).toBe(first.alt);
  });

  it("says the same in words, whatever the theme", async () => {
    for (const locale of ["zh", "en"] as const) {
      const light = await draw(charts, kind, { locale, theme: "light" });
      const dark = await draw(charts, kind, { locale, theme: "dark" });
      expect(light.alt).toBe(dark.alt);
      expect(light.alt.length).toBeLessThanOrEqual(ALT_LENGTH);
    }
  });
});

describe("Whoever cannot see a picture", () => {
  it.each(["zh", "en"] as const)("learns every day of the calendar (%s)", async (locale) => {
    const { alt } = await charts.calendar(calendar, { locale, theme: "light" });
    for (const { date } of calendar.days) {
      const short = `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`;
      expect(alt).toMatch(new RegExp(`(?<![\\d/])${short}(?!\\d)`));
    }
    expect(alt).toMatch(/\b14\b/);
    expect(alt).toMatch(/\b37\b/);
    expect(alt).toContain(locale === "zh" ? "错过 2 天：10/9、11/3" : "missed (2): 10/9, 11/3");
  });

  it.each(["zh", "en"] as const)("learns every score and what it is made of (%s)", async (locale) => {
    const { topics } = topicsIn(locale);
    const { alt } = await charts.topics({ topics }, { locale, theme: "light" });
    for (const { label, score, answers } of topics) {
      const at = alt.indexOf(label.slice(0, 5));
      expect(at).toBeGreaterThan(-1);
      const rest = alt.slice(at + 5);
      expect(rest).toMatch(new RegExp(`^[^\\d]*${score}[^\\d]+${answers}\\D`));
    }
  });

  it.each(["zh", "en"] as const)("learns every part of the memory and every card (%s)", async (locale) => {
    const { alt } = await charts.memory(memory, { locale, theme: "light" });
    for (const figure of ["23.0", "15.2", "0.1", "0.3", "2.1", "3.9", "1.4"]) expect(alt).toContain(figure);
    for (const { name, usable } of memory.cards) expect(alt).toContain(`${name} ${usable.toFixed(1)}`);
    expect(alt).toContain(locale === "zh" ? "（勉强放得下）" : "(tight)");
    expect(alt).not.toContain(locale === "zh" ? "KV 缓存" : "KV cache");
  });
});

describe("Whoever cannot see a week's report", () => {
  it.each([
    [
      "en",
      "Week 47 together: 2026-11-16 to 2026-11-22. 12 members answered 5 questions, 64 of 100 on average. Team streak: 9 questions in a row. Mon 2026-11-16: 9 answered, 7 earned the day. Tue 2026-11-17: 11 answered, 10 earned the day. Wed 2026-11-18: 8 answered, 8 earned the day. Thu 2026-11-19: 10 answered, 6 earned the day. Fri 2026-11-20: 7 answered, 5 earned the day. Worth another look for all of us: Optimizer states take 12 bytes a parameter: 2 of 10 had it, 3 in part; Replaying general data while fine-tuning: 3 of 11 had it, 4 in part; Validation loss alone is not enough: 4 of 8 had it.",
    ],
    [
      "zh",
      "第 47 周小结：2026-11-16 到 2026-11-22。5 道题，12 人参与，平均 64 分（满分 100）。团队连续 9 题。周一 2026-11-16：9 人作答，7 人打卡成功。周二 2026-11-17：11 人作答，10 人打卡成功。周三 2026-11-18：8 人作答，8 人打卡成功。周四 2026-11-19：10 人作答，6 人打卡成功。周五 2026-11-20：7 人作答，5 人打卡成功。值得大家再看一眼：优化器状态占 12 字节/参数：10 人中 2 人答到，另有 3 人答到一部分；混入通用数据一起训练：11 人中 3 人答到，另有 4 人答到一部分；只看验证集损失不够：8 人中 4 人答到。",
    ],
  ] as const)("reads all of it (%s)", (locale, alt) => {
    expect(reportAlt(drawnReport(reportIn(locale)), locale)).toBe(alt);
  });

  it("reads the same sentences that stand under the picture", () => {
    const of = reportIn("en");
    const weakest = of.weakest.map(({ label, ...point }) => ({ title: { zh: label, en: label }, ...point }));
    const { blocks } = reportReply({ ...of, weakest, improved: [] }, null, "en");
    const alt = reportAlt(drawnReport(of), "en");
    for (const block of blocks) {
      if (block.kind === "text" || block.kind === "heading") expect(alt).toContain(block.text);
      if (block.kind === "list") for (const item of block.items) expect(alt).toContain(item);
      if (block.kind !== "table") continue;
      for (const [day = "", answered = "", passed = ""] of block.rows)
        expect(alt).toContain(`${day}: ${answered} answered, ${passed} earned`);
    }
  });

  it("is told of a small week, and of one of a crowd, without more words than a platform takes", async () => {
    const { weakest: _, ...rest } = reportIn("en");
    const small = {
      ...rest,
      days: rest.days.slice(0, 1),
      members: 1,
      mean: null,
      teamStreak: 0,
      weakest: [],
    };
    expect(reportAlt(drawnReport(small), "en")).toBe(
      "Week 47 together: 2026-11-16 to 2026-11-22. 1 member answered 1 question. The team streak starts anew with the next question. Mon 2026-11-16: 9 answered, 7 earned the day.",
    );
    const point = { label: "W题".repeat(300), had: 1e30, partly: Number.NaN, of: 123_456 };
    const crowd = {
      ...rest,
      days: Array.from({ length: 40 }, () => ({ ...rest.days[0], answered: 1e12, passed: 1e12 }) as never),
      weakest: Array.from({ length: 40 }, () => point),
    };
    const { alt, png } = await charts.report(crowd, english);
    expect(alt.length).toBeLessThanOrEqual(ALT_LENGTH);
    expect(sizeOf(png)[1]).toBeLessThan(1400);
  });
});

describe("A picture of nothing, or of too much", () => {
  it("says that there is nothing yet", async () => {
    const nothing = await charts.calendar({ current: 0, longest: 0, days: [] }, english);
    expect(nothing.alt).toContain("without a day so far");
    expect(nothing.png.length).toBeGreaterThan(1000);
    expect((await charts.topics({ topics: [] }, english)).alt).toContain("no answer yet");
  });

  it("shows the last eight weeks of a calendar", async () => {
    const days = Array.from({ length: 900 }, (_, day) => ({
      date: studyDateSchema.parse(new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)),
      reason: "pass" as const,
    }));
    const { alt, png } = await charts.calendar({ current: 900, longest: 900, days }, english);
    // 900 days from Monday 2024-01-01 end on Thursday 2026-06-18.
    expect(alt).toContain(`from 2026-04-27 to 2026-06-18`);
    expect(alt.length).toBeLessThanOrEqual(ALT_LENGTH);
    expect(sizeOf(png)[1]).toBeLessThanOrEqual(2 * (200 + CALENDAR_WEEKS * 40));
  });

  it("draws twelve rows at most and says how many more there are", async () => {
    const topics = Array.from({ length: 10_000 }, (_, at) => ({ label: `题 ${at}`, score: 50, answers: 2 }));
    const { alt, png } = await charts.topics({ topics }, english);
    expect(alt).toContain(`题 ${PICTURE_ROWS - 1}:`);
    expect(alt).not.toContain(`题 ${PICTURE_ROWS}:`);
    expect(alt).toContain("9988 more");
    expect(sizeOf(png)[1]).toBeLessThan(1200);
    const cards = Array.from({ length: 40 }, () => ({
      name: "W".repeat(500),
      usable: 1e30,
      verdict: "no" as const,
    }));
    const crowded = await charts.memory({ ...memory, total: Number.NaN, cards }, english);
    expect(crowded.alt).toContain("28 more");
    expect(crowded.alt.length).toBeLessThanOrEqual(ALT_LENGTH);
  });
});

describe("The drawing process", () => {
  it("refuses a folder without the fonts rather than leave the words out", async () => {
    const fontFolder = mkdtempSync(join(tmpdir(), "rehearsal-fonts-"));
    const without = createCharts({ fontFolder });
    await expect(draw(without, "topics", english)).rejects.toThrow("the picture could not be drawn");
    await expect(draw(without, "topics", english)).rejects.toThrow("the picture could not be drawn");
    rmSync(fontFolder, { recursive: true });
  });

  it("ends when nothing is drawn, and begins again with the next picture", async () => {
    const hasty = createCharts({ fontFolder: SHIPPED_FONTS, idleMs: 0 });
    for (const kind of kinds) {
      const { png } = await draw(hasty, kind, english);
      await new Promise((resolve) => setImmediate(resolve));
      expect(Buffer.compare(png, (await draw(charts, kind, english)).png)).toBe(0);
    }
  });

  it("may be begun before a picture is wanted, and draws the same", async () => {
    const early = open();
    early.prepare?.();
    early.prepare?.();
    const { png } = await draw(early, "report", english);
    expect(Buffer.compare(png, (await draw(charts, "report", english)).png)).toBe(0);
  });

  it("draws a picture once that is asked for again, and keeps only the last few", async () => {
    const made: string[] = [];
    const keep = kept<Promise<string>>(2);
    const ask = (name: string) => {
      const make = async () => {
        made.push(name);
        return name;
      };
      return keep(name, make);
    };
    for (const name of ["a", "b", "a", "c", "a", "b"]) expect(await ask(name)).toBe(name);
    expect(made).toEqual(["a", "b", "c", "b"]);
    const first = await draw(charts, "topics", english);
    expect((await draw(charts, "topics", english)).png).toBe(first.png);
  });

  it("tries again what could not be drawn", async () => {
    const keep = kept<Promise<string>>(2);
    await expect(keep("a", () => Promise.reject(new Error("no ink")))).rejects.toThrow("no ink");
    expect(await keep("a", async () => "drawn")).toBe("drawn");
  });
});
