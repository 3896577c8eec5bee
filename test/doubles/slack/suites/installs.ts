import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantSchema } from "#core/ids";
import { startSlackDouble } from "#test/doubles/slack/double";
import type { SlackDouble } from "#test/doubles/slack/handles";
import { type Json, objectsIn, textIn } from "#test/doubles/slack/json";
import { call, type RawApp, startRawApp } from "#test/doubles/slack/raw-client";

describe("installations and files of the Slack double", () => {
  let now = Date.UTC(2026, 10, 26, 9);
  let slack: SlackDouble;
  let app: RawApp;
  let site: Server;
  let origin = "";
  /** What came back to the app's redirect URL. */
  const returns: URL[] = [];

  beforeAll(async () => {
    site = createServer((request, response) => {
      const url = new URL(request.url ?? "/", origin);
      if (url.pathname === "/slack/install") {
        const link = new URL(slack.authorizeUrl);
        link.search = new URLSearchParams({
          client_id: slack.clientId,
          scope: "chat:write,channels:read,files:read,files:write,users:read,app_mentions:read",
          state: "s1",
          redirect_uri: `${origin}/slack/oauth_redirect`,
        }).toString();
        response.setHeader("set-cookie", "state=s1; HttpOnly");
        response.end(`<a href="${link.href.replaceAll("&", "&amp;")}">Add to Slack</a>`);
        return;
      }
      returns.push(url);
      response.end(`cookie: ${request.headers.cookie ?? "none"}`);
    });
    site.listen(0, "127.0.0.1");
    await once(site, "listening");
    const address = site.address();
    if (address === null || typeof address === "string") throw new Error("the site has no port");
    origin = `http://127.0.0.1:${address.port}`;
    app = await startRawApp();
    const members = [{ name: "ann", owner: true }, { name: "bo" }];
    slack = await startSlackDouble({
      mode: "http",
      clock: { now: () => instantSchema.parse(now) },
      fileReadyMs: 1000,
      workspaces: [
        { name: "one", channels: ["daily"], members },
        { name: "east", channels: ["daily"], members, enterprise: "E0GRID0001" },
        { name: "west", channels: ["daily"], members, enterprise: "E0GRID0001" },
      ],
    });
    slack.deliverTo(app.url);
  });
  afterAll(async () => {
    await slack.stop();
    await app.stop();
    site.close();
    site.closeAllConnections();
  });

  const inside = (name: string) => slack.workspace(name);
  const exchange = (code: string | null, more: Json = {}) =>
    call(
      slack,
      "oauth.v2.access",
      {
        code,
        client_id: slack.clientId,
        client_secret: slack.clientSecret,
        redirect_uri: `${origin}/slack/oauth_redirect`,
        ...more,
      },
      null,
    );
  const install = async (name: string, org = false) => {
    await inside(name).member("ann").install(`${origin}/slack/install`, { org });
    return exchange(returns.at(-1)?.searchParams.get("code") ?? null);
  };

  it("begin with nothing installed, and nobody reaches the app", async () => {
    expect(() => inside("one").botToken).toThrow("not installed");
    await expect(inside("one").member("ann").slash(inside("one").channel("daily"), "/vram")).rejects.toThrow(
      "not installed",
    );
  });

  it("go over the consent page and come back with a code and the cookie", async () => {
    const landed = await inside("one").member("ann").install(`${origin}/slack/install`);
    expect(landed).toMatchObject({ status: 200, body: "cookie: state=s1" });
    expect(landed.scopes).toContain("chat:write");
    expect(returns.at(-1)?.searchParams.get("state")).toBe("s1");
    const other = await inside("one")
      .member("ann")
      .install(`${origin}/slack/install`, { otherBrowser: true });
    expect(other.body).toBe("cookie: none");
    await inside("one").member("ann").install(`${origin}/slack/install`, { deny: true });
    expect(returns.at(-1)?.searchParams.get("error")).toBe("access_denied");
  });

  it("exchange a code once, within 10 minutes, for a token of that workspace", async () => {
    await inside("one").member("ann").install(`${origin}/slack/install`);
    const code = returns.at(-1)?.searchParams.get("code") ?? "";
    expect(await exchange("another")).toMatchObject({ ok: false, error: "invalid_code" });
    const done = await exchange(code);
    expect(done).toMatchObject({
      ok: true,
      token_type: "bot",
      access_token: inside("one").botToken,
      team: { id: inside("one").id, name: "one" },
      enterprise: null,
      is_enterprise_install: false,
      bot_user_id: inside("one").botUserId,
      authed_user: { id: inside("one").member("ann").id },
    });
    expect(await exchange(code)).toMatchObject({ error: "invalid_code" });
    await inside("one").member("ann").install(`${origin}/slack/install`);
    now += 600_001;
    expect(await exchange(returns.at(-1)?.searchParams.get("code") ?? "")).toMatchObject({
      error: "invalid_code",
    });
    await inside("one").member("ann").install(`${origin}/slack/install`);
    expect(
      await exchange(returns.at(-1)?.searchParams.get("code") ?? "", { redirect_uri: "http://127.0.0.1:1/" }),
    ).toMatchObject({ error: "bad_redirect_uri" });
    expect(await exchange("x", { client_secret: "wrong" })).toMatchObject({ error: "invalid_client_id" });
  });

  it("give a token that is good in its own workspace and in no other", async () => {
    const token = inside("one").botToken;
    const post = (name: string) =>
      call(slack, "chat.postMessage", { channel: inside(name).channel("daily").id, text: "x" }, token);
    expect(await post("one")).toMatchObject({ ok: true });
    expect(await post("east")).toMatchObject({ error: "channel_not_found" });
    expect(await call(slack, "users.info", { user: inside("east").member("bo").id }, token)).toMatchObject({
      error: "user_not_found",
    });
    expect(
      await call(slack, "conversations.history", { channel: inside("one").channel("daily").id }, token),
    ).toMatchObject({
      error: "missing_scope",
      needed: "channels:history",
    });
  });

  it("of an organisation are good in all its workspaces, and payloads say so", async () => {
    const done = await install("east", true);
    expect(done).toMatchObject({
      ok: true,
      team: null,
      enterprise: { id: "E0GRID0001" },
      is_enterprise_install: true,
    });
    const token = textIn(done.access_token);
    for (const name of ["east", "west"])
      expect(
        await call(
          slack,
          "chat.postMessage",
          { channel: inside(name).channel("daily").id, text: "x" },
          token,
        ),
      ).toMatchObject({ ok: true });
    expect(await call(slack, "conversations.list", {}, token)).toMatchObject({ error: "missing_argument" });
    const listed = await call(slack, "conversations.list", { team_id: inside("west").id }, token);
    expect(objectsIn(listed.channels).map(({ id }) => id)).toEqual([inside("west").channel("daily").id]);
    await (await inside("west").member("bo").slash(inside("west").channel("daily"), "/vram")).acked();
    expect(Object.fromEntries(new URLSearchParams(app.requests.at(-1)?.body))).toMatchObject({
      team_id: inside("west").id,
      enterprise_id: "E0GRID0001",
      is_enterprise_install: "true",
    });
    const { deliveries } = await inside("west").member("bo").mention(inside("west").channel("daily"), "hi");
    await deliveries[0]?.acked();
    expect(JSON.parse(app.requests.at(-1)?.body ?? "{}")).toMatchObject({
      team_id: inside("west").id,
      context_enterprise_id: "E0GRID0001",
      authorizations: [{ is_enterprise_install: true, enterprise_id: "E0GRID0001", team_id: null }],
    });
  });

  it("end with tokens_revoked and app_uninstalled, in either order, and the token is dead", async () => {
    const token = inside("one").botToken;
    const events = await inside("one").uninstall("app_uninstalled");
    expect(events.map(({ event }) => event.type)).toEqual(["app_uninstalled", "tokens_revoked"]);
    for (const event of events) await event.acked();
    expect(events[1]?.event).toMatchObject({ tokens: { bot: [inside("one").botUserId] } });
    expect(await call(slack, "auth.test", {}, token)).toMatchObject({ error: "account_inactive" });
    const again = await install("one");
    expect(again.access_token).not.toBe(token);
    const [revoked] = await inside("one").revokeToken();
    await revoked?.acked();
    expect(await call(slack, "auth.test", {}, textIn(again.access_token))).toMatchObject({
      error: "token_revoked",
    });
  });

  describe("a file", () => {
    it("that a member sends is given to the token of its workspace, and to others a login page", async () => {
      await install("one");
      const ann = inside("one").member("ann");
      const bytes = Buffer.from("CUDA out of memory");
      const { message } = await ann.direct("my log", { files: [{ name: "run.log", bytes }] });
      const url = message.files[0]?.url ?? "";
      const get = (token: string | null) =>
        fetch(url, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });
      expect(await (await get(inside("one").botToken)).text()).toBe("CUDA out of memory");
      for (const token of [null, inside("east").botToken]) {
        const page = await get(token);
        expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      }
      expect(slack.downloads.slice(0, 3).map(({ token }) => token)).toEqual([
        inside("one").botToken,
        null,
        inside("east").botToken,
      ]);
      slack.faults.next(/run\.log$/, { kind: "redirect", to: "http://127.0.0.1:9/" });
      const away = await fetch(url, { redirect: "manual" });
      expect([away.status, away.headers.get("location")]).toEqual([302, "http://127.0.0.1:9/"]);
      const elsewhere = { name: "run.log", bytes, url: "http://127.0.0.1:9/run.log" };
      const { message: other } = await ann.direct("my log", { files: [elsewhere] });
      expect(other.files[0]?.url).toBe("http://127.0.0.1:9/run.log");
      expect(new URL(url).origin).toBe(slack.files);
      expect(new URL(slack.api).origin).not.toBe(slack.files);
    });

    it("of the app's goes up in three steps, and then stands in a channel or in a block", async () => {
      const token = inside("one").botToken;
      const asApp = (method: string, args: Json) => call(slack, method, args, token);
      const bytes = Buffer.from("not really a picture");
      const ticket = await asApp("files.getUploadURLExternal", {
        filename: "chart.png",
        length: bytes.length,
        alt_text: "17 GiB, mostly weights",
      });
      expect(textIn(ticket.upload_url)).toContain(slack.files);
      const put = (sent: Buffer) =>
        fetch(textIn(ticket.upload_url), { method: "POST", body: new Uint8Array(sent) });
      expect((await put(Buffer.from("short"))).status).toBe(400);
      expect(await asApp("files.completeUploadExternal", { files: [{ id: ticket.file_id }] })).toMatchObject({
        error: "file_not_found",
      });
      expect((await put(bytes)).status).toBe(200);
      const channel = inside("one").channel("daily");
      const files = [{ id: ticket.file_id, title: "Chart" }];
      expect(
        await asApp("files.completeUploadExternal", {
          files,
          channel_id: channel.id,
          initial_comment: "today",
        }),
      ).toMatchObject({ ok: true, files: [{ id: ticket.file_id }] });
      expect(inside("one").member("bo").sees(channel).at(-1)).toMatchObject({
        text: "today\nchart.png\n17 GiB, mostly weights",
        files: [{ alt: "17 GiB, mostly weights", size: bytes.length }],
      });
      const block = (id: unknown) => ({ type: "image", slack_file: { id }, alt_text: "17 GiB" });
      const shown = (id: unknown) =>
        asApp("chat.postMessage", { channel: channel.id, text: "t", blocks: [block(id)] });
      expect(await shown(ticket.file_id)).toMatchObject({
        error: "invalid_blocks",
        response_metadata: { messages: ["[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"] },
      });
      now += 1000;
      expect(await shown(ticket.file_id)).toMatchObject({ ok: true });
      expect(await shown("F0NOTHING0")).toMatchObject({ error: "invalid_blocks" });
      expect(await shown("nothing")).toMatchObject({ error: "invalid_blocks" });
      const homeView = (id: unknown) =>
        asApp("views.publish", {
          user_id: inside("one").member("bo").id,
          view: { type: "home", blocks: [block(id)] },
        });
      expect(await homeView("F0NOTHING0")).toMatchObject({ error: "invalid_blocks" });
      expect(await homeView(ticket.file_id)).toMatchObject({ ok: true });
    });
  });
});
