import { describe, expect, it } from "vitest";
import {
  readCatchUp,
  readClose,
  readHolidays,
  readTime,
  readTopics,
  readWeekdays,
} from "#core/settings/values";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { loadPlaces } from "#src/content/places";
import { createHolidays } from "#src/holidays/holidays";

describe("a time of day", () => {
  it.each([
    ["9:00", "09:00"],
    ["09:00", "09:00"],
    ["9", "09:00"],
    ["21.30", "21:30"],
    ["9pm", "21:00"],
    ["12 am", "00:00"],
    ["12pm", "12:00"],
    ["9点", "09:00"],
    ["晚上9点半", "21:30"],
    ["下午 3：15", "15:15"],
    ["8点05分", "08:05"],
    ["上午12点", "00:00"],
  ])("is read from %s", (typed, time) => {
    expect(readTime(typed)).toBe(time);
  });

  it.each(["", "24:00", "9:60", "13pm", "0am", "nine", "9:5", "-1", "1e3", "9:00:00"])(
    "is not read from “%s”",
    (typed) => {
      expect(() => readTime(typed)).toThrow("refused");
    },
  );
});

describe("weekdays", () => {
  it.each([
    ["1-5", [1, 2, 3, 4, 5]],
    ["mon–fri", [1, 2, 3, 4, 5]],
    ["工作日", [1, 2, 3, 4, 5]],
    ["周一至周五", [1, 2, 3, 4, 5]],
    ["weekend", [6, 7]],
    ["每天", [1, 2, 3, 4, 5, 6, 7]],
    ["5-1", [1, 5, 6, 7]],
    ["sunday", [7]],
    ["星期天", [7]],
  ])("are read from %s", (typed, days) => {
    expect(readWeekdays([typed])).toEqual(days);
  });

  it("are each named once and in order, however they were listed", () => {
    expect(readWeekdays(["周五", "1", "mon", "3"])).toEqual([1, 3, 5]);
  });

  it.each([["8"], ["1-9"], ["1-2-3"], [""], ["mon-someday"]])("are not read from “%s”", (typed) => {
    expect(() => readWeekdays([typed])).toThrow("refused");
    expect(() => readWeekdays([])).toThrow("refused");
  });
});

describe("hours", () => {
  it("of a close are 8 to 24, or none until the next question", () => {
    expect(["8", "12h", "24 小时", "next", "下一题"].map(readClose)).toEqual([8, 12, 24, null, null]);
    for (const typed of ["7", "25", "soon", "8.5", ""]) expect(() => readClose(typed)).toThrow("refused");
  });

  it("of a late post are 1 to 24", () => {
    expect(readCatchUp("4h")).toBe(4 * 3_600_000);
    for (const typed of ["0", "25", "never"]) expect(() => readCatchUp(typed)).toThrow("refused");
  });
});

describe("holidays", () => {
  const places = loadPlaces(SHIPPED_CONTENT);
  const holidays = createHolidays();

  it("are read from a code or a country's name in either language", async () => {
    for (const typed of ["cn", "CN", "中国", "China"])
      expect(await readHolidays(typed, places, holidays)).toBe("CN");
    for (const typed of ["de-by", "巴伐利亚", "Bavaria"])
      expect(await readHolidays(typed, places, holidays)).toBe("DE-BY");
    // Not in the list, and one letter from a place that is.
    expect(await readHolidays("us-nv", places, holidays)).toBe("US-NV");
    await expect(readHolidays("XX", places, holidays)).rejects.toThrow("refused");
    for (const typed of ["none", "无"]) expect(await readHolidays(typed, places, holidays)).toBeNull();
  });

  it("that are offered are all known", async () => {
    for (const { id } of places.holidays) expect(await holidays.calendar(id), id).toBeDefined();
  });
});

describe("topics", () => {
  const library = loadLibrary(SHIPPED_CONTENT);
  const [first] = library.questions;

  it("are read from ids and names; all of them, or an empty list, is no restriction", () => {
    const id = first?.topic ?? "";
    const names = library.topic(id);
    for (const typed of [id, names?.zh ?? "", names?.en.toUpperCase() ?? ""])
      expect(readTopics([typed, typed], library)).toEqual([id]);
    for (const items of [[], ["all"], ["全部"]]) expect(readTopics(items, library)).toBeNull();
    expect(() => readTopics(["cooking"], library)).toThrow("refused");
  });
});
