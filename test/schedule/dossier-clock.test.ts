import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Dossier } from "#core/dossier";
import { startDossierClock, sweepDossiers } from "#src/schedule/dossier-clock";
import { openTeam, type Team } from "#test/doubles/team";

const SECOND_MS = 1000;

describe("The clock of dossiers", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.stop());

  const keep = (id: string, wakeAt: number | null, text = id): Promise<Dossier | null> =>
    team.services.store.keepDossier({ tenant: team.tenant, kind: "reminder", id, revision: 1, text, wakeAt });
  const kept = (id: string): Promise<Dossier | null> =>
    team.services.store.dossier(team.tenant, "reminder", id);

  it("looks at what is due, and at nothing before its time", async () => {
    await keep("now", team.now());
    await keep("later", team.now() + SECOND_MS);
    await keep("never", null);
    const seen: string[] = [];
    await sweepDossiers(
      "reminder",
      async ({ id, text }) => {
        seen.push(id);
        return { text, wakeAt: null };
      },
      team.services,
    );
    expect(seen).toEqual(["now"]);
  });

  it("keeps what becomes of a dossier, and when to look again", async () => {
    await keep("one", team.now());
    await sweepDossiers(
      "reminder",
      async () => ({ text: "done", wakeAt: team.now() + SECOND_MS }),
      team.services,
    );
    expect(await kept("one")).toMatchObject({ text: "done", revision: 2, wakeAt: team.now() + SECOND_MS });
  });

  it("leaves alone what somebody changed meanwhile", async () => {
    await keep("one", team.now());
    await sweepDossiers(
      "reminder",
      async (dossier) => {
        await team.services.store.keepDossier({ ...dossier, revision: 2, text: "theirs", wakeAt: null });
        return { text: "ours", wakeAt: team.now() };
      },
      team.services,
    );
    expect(await kept("one")).toMatchObject({ text: "theirs", revision: 2, wakeAt: null });
  });

  it("logs what fails, goes on with the others, and comes back to it in a minute", async () => {
    await keep("bad", team.now());
    await keep("good", team.now());
    const act = async ({ id, text }: Dossier) => {
      if (id === "bad") throw new Error("no");
      return { text, wakeAt: null };
    };
    expect(await sweepDossiers("reminder", act, team.services)).toBe(2);
    expect(await kept("bad")).toMatchObject({ text: "bad", wakeAt: team.now() + 60 * SECOND_MS });
    expect(team.log.errors.some(({ event }) => event === "a dossier could not be looked at")).toBe(true);
  });

  it("gives a dossier to one process at a time, and again where that one died", async () => {
    await keep("one", team.now());
    const died = (): Promise<never> => new Promise(() => {});
    void sweepDossiers("reminder", died, team.services);
    await team.passTime(SECOND_MS);
    const seen: string[] = [];
    const act = async ({ id, text }: Dossier) => {
      seen.push(id);
      return { text, wakeAt: null };
    };
    await sweepDossiers("reminder", act, team.services);
    expect(seen).toEqual([]);
    await team.passTime(60 * SECOND_MS);
    await sweepDossiers("reminder", act, team.services);
    expect(seen).toEqual(["one"]);
  });

  it("sweeps at once and at every tick, and no more when it is stopped", async () => {
    await keep("one", team.now());
    let tick: () => Promise<void> = async () => {};
    let looked = 0;
    const clock = startDossierClock(
      team.services,
      {
        reminder: async ({ text }) => {
          looked += 1;
          return { text, wakeAt: team.now() + SECOND_MS };
        },
      },
      (run) => {
        tick = run;
        return async () => {
          tick = async () => {};
        };
      },
      () => 0,
    );
    await clock.ready;
    expect(looked).toBe(1);
    await team.passTime(SECOND_MS);
    await tick();
    expect(looked).toBe(2);
    await clock.stop();
    await team.passTime(SECOND_MS);
    await tick();
    expect(looked).toBe(2);
  });
});
