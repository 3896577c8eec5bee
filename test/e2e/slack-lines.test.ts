import { describe, expect, it } from "vitest";
import { breakLines } from "./slack-lines.ts";

describe("The bot in Socket Mode, however Slack lets go of its lines", () => {
  it("answers every member once, and ends nothing unhandled", async () => {
    const report = await breakLines(50);
    expect(report).toMatchObject({ unanswered: 0, doubled: 0, unhandled: 0, errors: [] });
    expect(report.longestGapMs.size).toBe(5);
  });
});
