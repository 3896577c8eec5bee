import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { tenantIdSchema } from "#core/ids";
import type { Store } from "#core/ports";
import type { Member } from "#test/doubles/slack/handles";
import { channelIdOf, openSlackServer, type SlackServer } from "./slack-server.ts";

let server: SlackServer;
let ann: Member;
afterEach(() => server.stop());

const open = async (settings: Parameters<typeof openSlackServer>[0] = {}): Promise<void> => {
  server = await openSlackServer({ mode: "http", ...settings });
  ann = server.slack.member("ann");
};
const install = (extra = {}) => ann.install(`${server.url}/slack/install`, extra);
const isWorking = async (): Promise<boolean> => {
  const asked = await ann.slash(server.slack.channel("daily"), "/study", "help");
  return (await asked.reply()).text.includes("/vram");
};

describe("A workspace that adds the app", () => {
  it("is asked for what the features need, and is answered from then on", async () => {
    await open({ installs: false });
    const { status, scopes } = await install();
    expect(status).toBe(200);
    expect(scopes).toContain("chat:write");
    expect(await isWorking()).toBe(true);
  });

  it("is not added by somebody else's browser, or where the admin says no", async () => {
    await open({ installs: false });
    await install({ otherBrowser: true });
    await install({ deny: true });
    expect(await server.services.store.installation(server.tenant)).toBeNull();
  });

  it("has its token kept only encrypted, and sealed anew when the key is changed", async () => {
    const [old, fresh] = [
      { id: "old", key: randomBytes(32) },
      { id: "new", key: randomBytes(32) },
    ];
    const sealKeys = [old];
    await open({ sealKeys });
    const { store } = server.services;
    const token = server.slack.workspace().botToken;
    const before = await store.installation(server.tenant);
    expect(before).not.toBeNull();
    expect(before).not.toContain(token);
    expect(Buffer.from(before?.split(".")[3] ?? "", "base64url").toString("latin1")).not.toContain(token);
    sealKeys.unshift(fresh);
    await server.bot.stop();
    const next = await server.second();
    server.slack.deliverTo(`http://127.0.0.1:${next.port()}/slack/events`);
    expect(await isWorking()).toBe(true);
    const after = await store.installation(server.tenant);
    expect(after?.startsWith("1.new.")).toBe(true);
  });

  it("is a whole organisation at times, each of whose workspaces is a tenant of its own", async () => {
    await open({
      installs: false,
      double: {
        workspaces: ["north", "south"].map((name) => ({
          name,
          enterprise: "grid",
          channels: ["daily"],
          members: [{ name: "ann", admin: true, owner: true }],
        })),
      },
    });
    expect((await install({ org: true })).status).toBe(200);
    const tenants: string[] = [];
    for (const name of ["north", "south"]) {
      const workspace = server.slack.workspace(name);
      const asked = await workspace
        .member("ann")
        .slash(workspace.channel("daily"), "/settings", "time=9:00 on");
      expect((await asked.reply()).text).toContain("09:00");
      const tenant = tenantIdSchema.parse(`slack:${workspace.enterpriseId}.${workspace.id}`);
      expect(await server.services.store.schedules(tenant)).toHaveLength(1);
      tenants.push(tenant);
    }
    expect(new Set(tenants).size).toBe(2);
    const { store } = server.services;
    const areOn = async (): Promise<boolean[]> => {
      const schedules = await Promise.all(
        tenants.map((tenant) => store.schedules(tenantIdSchema.parse(tenant))),
      );
      return schedules.flat().map(({ enabled }) => enabled);
    };
    await server.slack.workspace("north").uninstall();
    const organisation = tenantIdSchema.parse(`slack:${server.slack.workspace("north").enterpriseId}`);
    await expect.poll(() => store.installation(organisation)).toBeNull();
    // The other finds out when it is to post.
    await server.passTime(25 * 3_600_000);
    await expect.poll(areOn).toEqual([false, false]);
    expect((await install({ org: true })).status).toBe(200);
    await expect.poll(areOn).toEqual([true, true]);
  });
});

describe("A workspace that takes the app out", () => {
  const isEnabled = async (store: Store) =>
    (await store.schedule(server.tenant, channelIdOf(server.slack.channel("daily"))))?.enabled;

  it.each(["tokens_revoked", "app_uninstalled"] as const)(
    "has nothing posted any more, and goes on when it is added again: %s first",
    async (first) => {
      await open();
      const { store } = server.services;
      const daily = server.slack.channel("daily");
      await (await ann.slash(daily, "/settings", "time=9:00 zone=Asia/Shanghai on")).reply();
      await server.slack.workspace().uninstall(first);
      await expect.poll(() => isEnabled(store)).toBe(false);
      expect(await store.installation(server.tenant)).toBeNull();
      await server.passTime(60_000);
      expect((await install()).status).toBe(200);
      await expect.poll(() => isEnabled(store)).toBe(true);
      expect(await isWorking()).toBe(true);
    },
  );

  it("and adds it again is not taken out by the first event once more, a day late", async () => {
    await open();
    await server.slack.workspace().uninstall();
    await expect.poll(() => server.services.store.installation(server.tenant)).toBeNull();
    await server.passTime(60_000);
    await install();
    const isEnd = (payload: object) => JSON.stringify(payload).includes("app_uninstalled");
    await server.slack.deliveries.redeliver(isEnd, { newEventId: true, laterMs: 25 * 3_600_000 }, 1);
    expect(await isWorking()).toBe(true);
  });
});

describe("A request that is not Slack's", () => {
  it.each(["wrong secret", "missing", "other body", "wrong version"] as const)(
    "has no effect: %s signature",
    async (how) => {
      await open();
      server.slack.deliveries.badSignature(how);
      const asked = await ann.slash(server.slack.channel("daily"), "/study", "help");
      await expect(asked.acked()).rejects.toThrow();
      expect(asked.replies()).toEqual([]);
    },
  );

  it("has no effect when its time is off, either way", async () => {
    await open();
    for (const skew of [-6 * 60_000, 6 * 60_000]) {
      server.slack.deliveries.skew(skew);
      const asked = await ann.slash(server.slack.channel("daily"), "/study", "help");
      await expect(asked.acked()).rejects.toThrow();
      expect(asked.replies()).toEqual([]);
    }
    server.slack.deliveries.skew(4 * 60_000);
    expect(await isWorking()).toBe(true);
  });

  it("has no effect when it is sent again, within five minutes and after", async () => {
    await open();
    expect(await isWorking()).toBe(true);
    const seen = () => ann.sees(server.slack.channel("daily")).length;
    const before = seen();
    for (const laterMs of [0, 60_000, 3 * 60_000, 10 * 60_000])
      expect(await server.slack.deliveries.replay(laterMs)).toBe(401);
    expect(seen()).toBe(before);
  });
});
