import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantSchema } from "#core/ids";
import { startSlackDouble } from "#test/doubles/slack/double";
import type { SlackDouble } from "#test/doubles/slack/handles";
import { type Json, objectIn, objectsIn, textIn } from "#test/doubles/slack/json";
import { call } from "#test/doubles/slack/raw-client";

describe("messages in the Slack double", () => {
  let now = Date.UTC(2026, 10, 26, 9);
  let slack: SlackDouble;

  beforeAll(async () => {
    slack = await startSlackDouble({
      mode: "socket",
      clock: { now: () => instantSchema.parse(now) },
      workspaces: [
        {
          name: "team",
          channels: [
            "daily",
            { name: "quiet", withBot: false },
            { name: "secret", private: true, withBot: false },
          ],
          members: [{ name: "ann", owner: true, locale: "zh-CN", tz: "Asia/Shanghai" }, { name: "bo" }],
        },
      ],
    });
  });
  afterAll(() => slack.stop());

  const daily = () => slack.channel("daily");
  const post = (args: Json) => call(slack, "chat.postMessage", { channel: daily().id, ...args });
  const seen = (name: string) =>
    slack
      .member(name)
      .sees(daily())
      .map(({ content }) => content);
  const refused = (error: string) => expect.objectContaining({ ok: false, error });
  const blocks = [
    { type: "section", text: { type: "mrkdwn", text: "*17 GiB* &amp; <https://x.test|more>" } },
  ];

  it("are posted, changed and deleted, and everybody sees them", async () => {
    const posted = await post({ text: "17 GiB", blocks });
    expect(posted).toMatchObject({ ok: true, channel: daily().id, message: { text: "17 GiB" } });
    expect(slack.member("bo").sees(daily()).at(-1)).toMatchObject({ text: "*17 GiB* & more", edits: 0 });
    const { ts } = posted;
    await call(slack, "chat.update", { channel: daily().id, ts, text: "18 GiB" });
    expect(slack.member("bo").sees(daily()).at(-1)).toMatchObject({ text: "18 GiB", edits: 1, blocks: [] });
    expect(await call(slack, "chat.getPermalink", { channel: daily().id, message_ts: ts })).toMatchObject({
      permalink: expect.stringContaining(`/archives/${daily().id}/p`),
    });
    await call(slack, "chat.delete", { channel: daily().id, ts });
    expect(seen("bo")).not.toContain("18 GiB");
    expect(await call(slack, "chat.update", { channel: daily().id, ts, text: "x" })).toEqual(
      refused("message_not_found"),
    );
  });

  it("have timestamps of the double's clock, each later than the one before", async () => {
    const first = await post({ text: "one" });
    const second = await post({ text: "two" });
    expect(textIn(first.ts).slice(0, 10)).toBe(String(now / 1000));
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    now += 60_000;
    const third = await post({ text: "three" });
    expect(Math.floor(Number(third.ts)) - Math.floor(Number(first.ts))).toBe(60);
  });

  it("are refused as Slack refuses them, with the place of what is wrong", async () => {
    expect(await post({})).toEqual(refused("no_text"));
    expect(await post({ text: "x".repeat(4001) })).toEqual(refused("msg_too_long"));
    const long = [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(3001) } }];
    expect(await post({ text: "t", blocks: long })).toMatchObject({
      ok: false,
      error: "invalid_blocks",
      response_metadata: {
        messages: ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"],
      },
    });
    expect(await post({ text: "t", blocks: "[{" })).toEqual(refused("invalid_blocks_format"));
    expect(slack.refusals.at(-2)?.violations).toHaveLength(1);
  });

  it("are noted where they are bad manners, though Slack takes them", async () => {
    const before = slack.refusals.length;
    expect(await post({ blocks })).toMatchObject({ ok: true });
    expect(await post({ text: "t", link_names: true })).toMatchObject({ ok: true });
    expect(await post({ text: "t", colour: "red" })).toMatchObject({ ok: true });
    expect(await post({ text: "https://x.test" })).toMatchObject({ ok: true });
    expect(slack.refusals.slice(before).map(({ violations }) => violations[0]?.error)).toEqual([
      "manners",
      "manners",
      "manners",
      "manners",
    ]);
  });

  it("go where the bot is, and nowhere else", async () => {
    const to = (channel: string) => post({ channel, text: "x" });
    const { quiet, secret } = { quiet: slack.channel("quiet"), secret: slack.channel("secret") };
    expect(await to("C0NOWHERE0")).toEqual(refused("channel_not_found"));
    expect(await to(quiet.id)).toEqual(refused("not_in_channel"));
    expect(await to(secret.id)).toEqual(refused("channel_not_found"));
    expect(await call(slack, "conversations.join", { channel: quiet.id })).toMatchObject({ ok: true });
    expect(await to(quiet.id)).toMatchObject({ ok: true });
    await quiet.removeBot();
    expect(await to(quiet.id)).toEqual(refused("not_in_channel"));
    await quiet.archive();
    expect(await to(quiet.id)).toEqual(refused("is_archived"));
    await quiet.delete();
    expect(await to(quiet.id)).toEqual(refused("channel_not_found"));
  });

  it("go to a member's direct messages by their id, and no other member sees them", async () => {
    const [ann, bo] = [slack.member("ann"), slack.member("bo")];
    const posted = await post({ channel: ann.id, text: "hello ann" });
    expect(posted.channel).toBe(ann.dm.id);
    expect(ann.sees(ann.dm).map(({ text }) => text)).toEqual(["hello ann"]);
    expect(bo.sees(ann.dm)).toEqual([]);
    expect(await call(slack, "conversations.open", { users: ann.id })).toMatchObject({
      channel: { id: ann.dm.id },
    });
  });

  it("hang in threads of messages that are there", async () => {
    const parent = await post({ text: "today" });
    expect(await post({ text: "reveal", thread_ts: parent.ts })).toMatchObject({ ok: true });
    expect(await post({ text: "x", thread_ts: "1.000001" })).toEqual(refused("thread_not_found"));
    const thread = await call(slack, "conversations.replies", { channel: daily().id, ts: parent.ts });
    expect(objectsIn(thread.messages).map(({ text }) => text)).toEqual(["today", "reveal"]);
  });

  it("for one member are seen by that member until they reload, and by no API", async () => {
    const ann = slack.member("ann");
    const only = (user: string, channel = daily().id) =>
      call(slack, "chat.postEphemeral", { channel, user, text: "only ann" });
    expect(await only(ann.id)).toMatchObject({ ok: true });
    expect(seen("ann")).toContain("only ann");
    expect(seen("bo")).not.toContain("only ann");
    const { ts } = ann.sees(daily()).at(-1) ?? { ts: "" };
    expect(await call(slack, "chat.update", { channel: daily().id, ts, text: "x" })).toEqual(
      refused("message_not_found"),
    );
    const { messages } = await call(slack, "conversations.history", { channel: daily().id });
    expect(JSON.stringify(messages)).not.toContain("only ann");
    expect(await only("U0NOBODY00")).toEqual(refused("user_not_found"));
    await daily().removeMember(slack.member("bo"));
    expect(await only(slack.member("bo").id)).toEqual(refused("user_not_in_channel"));
    await daily().addMember(slack.member("bo"));
    ann.reload();
    expect(seen("ann")).not.toContain("only ann");
  });

  it("are found in history by their metadata, within the time that is asked for", async () => {
    const metadata = { event_type: "daily_post", event_payload: { key: "d1" } };
    const posted = await post({ text: "question", metadata });
    now += 1000;
    await post({ text: "later" });
    const range = { channel: daily().id, oldest: posted.ts, inclusive: true };
    const found = await call(slack, "conversations.history", { ...range, include_all_metadata: true });
    expect(objectsIn(found.messages).map(({ text }) => text)).toEqual(["later", "question"]);
    expect(objectsIn(found.messages).at(-1)?.metadata).toEqual(metadata);
    const without = await call(slack, "conversations.history", range);
    expect(objectsIn(without.messages).at(-1)?.metadata).toBeUndefined();
    const first = await call(slack, "conversations.history", { ...range, limit: 1 });
    expect(first).toMatchObject({ has_more: true, messages: [{ text: "later" }] });
    const cursor = objectIn(first.response_metadata).next_cursor;
    const next = await call(slack, "conversations.history", { ...range, limit: 1, cursor });
    expect(next).toMatchObject({ has_more: false, messages: [{ text: "question" }] });
  });

  it("ring whom they mention, and the double notes whom", async () => {
    const before = slack.pings.length;
    const { id } = slack.member("ann");
    await post({ text: `<!channel> and <@${id}>` });
    await post({
      text: "t",
      blocks: [
        {
          type: "rich_text",
          elements: [{ type: "rich_text_section", elements: [{ type: "broadcast", range: "here" }] }],
        },
      ],
    });
    await post({
      text: "&lt;!channel&gt;",
      blocks: [{ type: "section", text: { type: "plain_text", text: "<!here>" } }],
    });
    expect(slack.pings.slice(before).map(({ whom }) => whom)).toEqual([["channel", id], ["here"]]);
  });

  describe("beside them", () => {
    it("people have their language, zone and rank", async () => {
      const { id } = slack.member("ann");
      const info = await call(slack, "users.info", { user: id, include_locale: true });
      expect(info.user).toMatchObject({
        locale: "zh-CN",
        tz: "Asia/Shanghai",
        tz_offset: 28_800,
        is_admin: true,
        is_owner: true,
      });
      slack.member("ann").setAdmin(false);
      const later = await call(slack, "users.info", { user: id });
      expect(later.user).toMatchObject({ is_admin: false });
      expect(objectIn(later.user).locale).toBeUndefined();
      expect(await call(slack, "users.info", { user: "U0NOBODY00" })).toEqual(refused("user_not_found"));
    });

    it("the bot finds its own channels, and others by their id", async () => {
      const own = await call(slack, "users.conversations", { types: "public_channel,private_channel" });
      expect(objectsIn(own.channels).map(({ name }) => name)).toEqual(["daily"]);
      expect(await call(slack, "conversations.info", { channel: daily().id })).toMatchObject({
        channel: { id: daily().id, name: "daily", is_member: true, is_archived: false },
      });
      const people = await call(slack, "conversations.members", { channel: daily().id });
      expect(people.members).toContain(slack.member("bo").id);
      const added = await slack.workspace().addChannel("new");
      expect(await call(slack, "conversations.info", { channel: added.id })).toMatchObject({
        channel: { name: "new", is_member: true },
      });
    });

    it("a call needs a token that is good, and every scope of its method", async () => {
      expect(await call(slack, "auth.test", {}, null)).toEqual(refused("not_authed"));
      expect(await call(slack, "auth.test", {}, "xoxb-another")).toEqual(refused("invalid_auth"));
      expect(await call(slack, "auth.test", {}, slack.appToken)).toEqual(refused("not_allowed_token_type"));
      expect(await call(slack, "apps.connections.open", {})).toEqual(refused("not_allowed_token_type"));
      expect(await call(slack, "chat.scream", {})).toEqual(refused("unknown_method"));
      slack.workspace().takeScope("channels:history");
      expect(await call(slack, "conversations.history", { channel: daily().id })).toMatchObject({
        ok: false,
        error: "missing_scope",
        needed: "channels:history",
        provided: expect.stringContaining("chat:write"),
      });
      slack.workspace().giveScope("channels:history");
      expect(await call(slack, "conversations.history", { channel: daily().id })).toMatchObject({ ok: true });
    });

    it("a token says whose it is and what it may", async () => {
      const response = await fetch(`${slack.api}auth.test`, {
        method: "POST",
        headers: { authorization: `Bearer ${slack.botToken}` },
      });
      expect(response.headers.get("x-oauth-scopes")).toContain("chat:write");
      expect(await response.json()).toMatchObject({
        ok: true,
        team_id: slack.workspace().id,
        user_id: slack.workspace().botUserId,
        bot_id: slack.workspace().botId,
      });
    });
  });
});
