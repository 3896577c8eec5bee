import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import { createDispatch } from "#core/dispatch";
import { channelIdSchema, memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import type { Request, Role } from "#core/request";
import { requestFrom } from "#src/adapters/local/request";
import { openSqliteStore } from "#src/store/sqlite/store";
import { openTeam, type Team } from "#test/doubles/team";
import { discordEntries } from "./entries-discord.ts";
import { slackEntries } from "./entries-slack.ts";
import { permissions } from "./permissions.ts";
import type { Entry } from "./watching.ts";

const roles = ["member", "editor", "admin"] as const;
const rank: Readonly<Record<Role, number>> = { member: 0, editor: 1, admin: 2 };
const everywhere = commands.filter(({ where }) => where === "everywhere");

describe("Who may do what", () => {
  let team: Team;
  let entries: readonly Entry[];
  beforeAll(async () => {
    // In memory: nothing of it is to outlive the test, and a disk would take longer than all the rest.
    const store = await openSqliteStore({ file: ":memory:" });
    team = await openTeam((own) => {
      void own.close();
      return store;
    });
    entries = [...(await discordEntries(everywhere, team)), ...(await slackEntries(everywhere, team))];
  });
  afterAll(() => team.stop());

  it("is written down for every command, and for nothing that is none, or not yet", () => {
    const planned = ["content", "status"];
    const named = commands.map(({ name }) => name);
    expect(named.filter((name) => permissions[name] === undefined)).toEqual([]);
    expect(Object.keys(permissions).filter((name) => ![...named, ...planned].includes(name))).toEqual([]);
    for (const { name, who } of commands) expect([name, who]).toEqual([name, permissions[name]?.who]);
  });

  it("holds for every command, by every way in, in every role: 100 % of the matrix", async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const { name: command } of everywhere)
      for (const entry of entries)
        for (const role of roles) {
          cells += 1;
          const { request, ran } = await entry.send(command, role);
          const isAllowed = rank[role] >= rank[permissions[command]?.who ?? "admin"];
          if (request?.command !== command || request.tenant !== entry.tenant || ran !== isAllowed)
            wrong.push(`/${command} by ${entry.name} as ${role}: ${ran ? "was run" : "was not run"}`);
        }
    expect(wrong).toEqual([]);
    expect(cells).toBe(everywhere.length * entries.length * roles.length);
  });

  it("takes the tenant from who sends it: an admin of another one is an admin there alone", async () => {
    for (const { name: command } of everywhere)
      for (const entry of entries) {
        const { request } = await entry.send(command, "stranger");
        expect([entry.name, request?.tenant === entry.tenant]).toEqual([entry.name, false]);
      }
  });

  it("is asked anew for a button, a menu or a form that was an admin's, a thousand times over", async () => {
    const replayed = entries.filter(({ name }) => /button|menu|form/.test(name));
    const forAdmins = everywhere.filter(({ who }) => who !== "member").map(({ name }) => name);
    let accepted = 0;
    for (let at = 0; at < 1000; at += 1) {
      const command = forAdmins[at % forAdmins.length] ?? "settings";
      const entry = replayed[at % replayed.length];
      const outcome = await entry?.send(command, "member");
      if (outcome?.ran === true || (outcome?.forms ?? 0) > 0) accepted += 1;
    }
    expect(accepted).toBe(0);
  });

  it("is everything on one's own machine, by the page and the terminal, and nobody else's", () => {
    const identity = {
      tenant: tenantIdSchema.parse("local"),
      channel: channelIdSchema.parse("local"),
      member: memberIdSchema.parse("me"),
    };
    for (const { name } of commands) {
      const sent = {
        text: `/${name}`,
        locale: "en",
        at: 1,
        submission: submissionIdSchema.parse("s"),
      } as const;
      expect(requestFrom(identity, sent, null)).toMatchObject({
        role: "admin",
        tenant: "local",
        command: name,
      });
    }
  });

  describe("within a command", () => {
    const guarded = Object.entries(permissions).flatMap(([command, { acts = [] }]) =>
      acts.map((act) => ({ command, ...act })),
    );

    it.each(guarded)("/$command: only for $who: $what", async ({ command, options, who }) => {
      const own = await openTeam();
      const dispatch = createDispatch(commands, own.services);
      for (const role of roles) {
        const request: Request = {
          tenant: own.tenant,
          channel: own.channel,
          member: memberIdSchema.parse("ada"),
          role,
          locale: "en",
          command,
          input: { kind: "typed", options },
          sentAt: own.now(),
          submission: submissionIdSchema.parse(role),
        };
        const { isRefusal, blocks } = await dispatch(request);
        const said = JSON.stringify(blocks);
        const isForbidden = isRefusal === true && /[Oo]nly (?:editors|admins)|for editors/.test(said);
        expect([role, isForbidden]).toEqual([role, rank[role] < rank[who]]);
      }
      await own.stop();
    });
  });
});
