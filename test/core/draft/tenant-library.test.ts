import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withTenants } from "#core/draft/tenant-library";
import { tenantIdSchema } from "#core/ids";
import { inTenant } from "#core/pack/library";
import type { Store } from "#core/ports";
import { loadContent, SHIPPED_CONTENT } from "#src/content/library";
import { openRedisStore } from "#src/store/redis/store";
import { openSqliteStore } from "#src/store/sqlite/store";
import { documentOf, NOTES } from "#test/doubles/documents";
import { type RunningRedis, startRedis } from "#test/doubles/redis/server";
import { recordingLog } from "#test/doubles/services";
import { openTeam, type Team } from "#test/doubles/team";

const { library: shipped, glossary } = loadContent(SHIPPED_CONTENT);
const asEditor = { member: "eve", role: "editor" } as const;
const MINUTE_MS = 60_000;

let redis: RunningRedis;
let folder: string;
beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(join(tmpdir(), "rehearsal-packs-"));
});
afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A team whose packs are kept in a store that is handed over. */
const teamOn = (store: Store): Promise<Team> =>
  openTeam((own) => {
    void own.close();
    return store;
  });

async function publishNotes(team: Team): Promise<void> {
  await team.ask("content", { do: "import", document: documentOf(NOTES), owner: "our own" }, asEditor);
  const { services, tenant } = team;
  const drafts = await services.store.dossiers({ tenant, kind: "draft", prefix: "question/", limit: 10 });
  for (const { id } of drafts) {
    const question = id.slice("question/".length);
    await team.ask("content", { do: "review", question, op: "approve-all" }, asEditor);
  }
  await team.ask("content", "publish", asEditor);
}

const stores: readonly [string, () => Promise<Store>][] = [
  ["SQLite", () => openSqliteStore({ file: join(folder, "rehearsal.db") })],
  ["Redis", () => openRedisStore({ url: redis.url, log: recordingLog() })],
];

describe.each(stores)("A team's own questions in %s", (_, open) => {
  it("are seen by other processes within a minute, and after a restart, by that team alone", async () => {
    const team = await teamOn(await open());
    let now = team.now();
    const clock = { now: () => now };
    const elsewhere = withTenants(shipped, { store: team.services.store, clock, glossary });
    const countFor = async (library: typeof elsewhere, tenant = team.tenant): Promise<number> => {
      const own = await inTenant(tenant, { library });
      return own.library.questions.length - shipped.questions.length;
    };
    expect(await countFor(elsewhere)).toBe(0);
    await publishNotes(team);
    expect(await countFor(team.services.library)).toBe(2);
    now += MINUTE_MS;
    expect(await countFor(elsewhere)).toBe(2);
    expect(await countFor(elsewhere, tenantIdSchema.parse("others"))).toBe(0);
    await team.ask("content", "unpublish", asEditor);
    now += MINUTE_MS;
    expect(await countFor(elsewhere)).toBe(0);
    await team.ask("content", "publish", asEditor);
    await team.stop();

    const store = await open();
    const restarted = withTenants(shipped, { store, clock, glossary });
    expect(await countFor(restarted)).toBe(2);
    const { library } = await inTenant(team.tenant, { library: restarted });
    const last = library.questions.at(-1);
    expect(library.rubric(last?.id ?? "")?.points).toHaveLength(last?.points.length ?? 0);
    expect(library.topic(last?.topic ?? "")?.en).toBe("serving-notes");
    await store.close();
  });
});

describe("A team's questions that cannot be read", () => {
  it("keep nobody from what needs none, and fail whoever needs one with the reason", async () => {
    const trouble = new Error("the store is away");
    let fails = true;
    const store = {
      dossier: async () => {
        if (fails) throw trouble;
        return null;
      },
      dossiers: async () => [],
    };
    const library = withTenants(shipped, { store, clock: { now: () => 0 }, glossary });
    const own = await inTenant(tenantIdSchema.parse("team"), { library });
    expect(() => own.library.questions).toThrow(trouble);
    fails = false;
    const again = await inTenant(tenantIdSchema.parse("team"), { library });
    expect(again.library.questions).toBe(shipped.questions);
  });
});
