import { afterEach, describe, expect, it } from "vitest";
import type { Member, SlackDouble } from "#test/doubles/slack/handles";
import { probes, type Replies, said } from "./probe.ts";
import { breakLines } from "./slack-lines.ts";
import { openSlackServer, type SlackServer } from "./slack-server.ts";

let replies: Replies;
let server: SlackServer | undefined;
let slack: SlackDouble;
let bo: Member;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const open = async (mode: "socket" | "http" = "socket"): Promise<SlackServer> => {
  replies = () => said("here you are");
  server = await openSlackServer({ mode, commands: probes((request) => replies(request)) });
  slack = server.slack;
  bo = slack.member("bo");
  return server;
};

describe("The bot in Socket Mode, however Slack lets go of its lines", () => {
  it("answers every member once, and ends nothing unhandled", async () => {
    const report = await breakLines(20);
    expect(report).toMatchObject({ unanswered: 0, doubled: 0, unhandled: 0, errors: [] });
    expect(report.longestGapMs.size).toBe(5);
  });
});

describe("A member in Socket Mode", () => {
  it("is answered though the line broke before the acknowledgement", async () => {
    const { log } = await open();
    slack.socket.closeAfterNextEnvelope();
    await bo.direct("/probe");
    await bo.waitFor(bo.dm, ({ text }) => text.includes("here you are"));
    await expect.poll(() => slack.socket.connected).toBe(2);
    expect(log.errors).toEqual([]);
  });

  it("is answered while one line of the two is replaced, again and again", async () => {
    const { log } = await open();
    for (const reason of ["warning", "refresh_requested", "refresh_requested"] as const) {
      const before = slack.socket.connections;
      slack.socket.disconnect(reason, 1);
      replies = () => said(`beside ${before}`);
      await bo.direct("/probe");
      await bo.waitFor(bo.dm, ({ text }) => text === `beside ${before}`);
      await expect.poll(() => slack.socket.connections).toBe(before + 1);
      await expect.poll(() => slack.socket.connected).toBe(2);
    }
    expect(log.errors).toEqual([]);
  });

  it("is answered after every kind of broken line, and after a notice that nobody understands", async () => {
    const { log } = await open();
    for (const [at, breakLine] of [
      () => slack.socket.disconnect("warning"),
      () => slack.socket.disconnect("refresh_requested"),
      () => slack.socket.close(),
      () => slack.socket.kill(),
      () => slack.workspace().rateLimit(),
    ].entries()) {
      const before = slack.socket.connections;
      await breakLine();
      if (at < 4) await expect.poll(() => slack.socket.connections).toBe(before + 2);
      await expect.poll(() => slack.socket.connected).toBe(2);
      replies = () => said(`after ${at}`);
      await bo.direct("/probe");
      await bo.waitFor(bo.dm, ({ text }) => text === `after ${at}`);
    }
    expect(log.errors).toEqual([]);
  });
});

describe.each(["socket", "http"] as const)("Events that Slack holds back, over %s", (mode) => {
  it("are told to the operator, and the notice is acknowledged", async () => {
    const { log } = await open(mode);
    const notice = await slack.workspace().rateLimit();
    await notice.acked();
    expect(log.warnings.map(({ event }) => event)).toContain(
      "Slack holds back events: more than it delivers within an hour",
    );
    await bo.direct("/probe");
    await bo.waitFor(bo.dm, ({ text }) => text === "here you are");
    expect(log.errors).toEqual([]);
  });
});
