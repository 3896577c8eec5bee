import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dossierKindSchema } from "#core/dossier";
import { eraseInDossiers } from "#core/erasure/dossiers";
import { memberIdSchema } from "#core/ids";
import { openTeam, type Team } from "#test/doubles/team";

const gone = memberIdSchema.parse("U7GONE7Q2");

describe("A member who is taken out of dossiers", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.stop());

  const keep = (kind: "stage" | "draft", id: string, value: unknown) =>
    team.services.store.keepDossier({
      tenant: team.tenant,
      kind,
      id,
      revision: 1,
      text: JSON.stringify(value),
      wakeAt: null,
    });
  const textOf = async (kind: "stage" | "draft", id: string): Promise<unknown> => {
    const found = await team.services.store.dossier(team.tenant, kind, id);
    return found === null ? null : JSON.parse(found.text);
  };
  const message = (key: string, reply: unknown) => ({ key, at: 1, reply: JSON.stringify(reply) });

  it("is in no message that this machine shows in place of a platform, and the others' messages stay", async () => {
    const theirs = message("interview/1/2", { blocks: [{ kind: "text", text: "Go on." }] });
    await keep("stage", `member/${gone}`, { title: "", messages: [] });
    await keep("stage", "thread/1", {
      title: "Interview",
      messages: [
        message("interview/1/1", { blocks: [{ kind: "quote", text: "my words", by: gone }] }),
        theirs,
        message(`note/${gone}`, { blocks: [] }),
      ],
    });
    await eraseInDossiers({ tenant: team.tenant, member: gone, at: team.now() }, team.services.store);
    expect(await textOf("stage", `member/${gone}`)).toBeNull();
    expect(await textOf("stage", "thread/1")).toEqual({ title: "Interview", messages: [theirs] });
  });

  it("is not known any more to have worked on a draft; what they made of it is the team's", async () => {
    const change = { version: 1, what: "import", at: 5, submission: `C1/1.2/${gone}` };
    const other = { ...change, by: "eve", submission: "C1/1.3/eve" };
    await keep("draft", "question/one", {
      id: "one",
      changes: [{ ...change, by: gone }, other],
      nested: { by: gone },
    });
    await eraseInDossiers({ tenant: team.tenant, member: gone, at: team.now() }, team.services.store);
    expect(await textOf("draft", "question/one")).toEqual({
      id: "one",
      changes: [{ ...change, by: null, submission: null }, other],
      nested: { by: null },
    });
  });

  it("leaves dossiers that say nothing of them untouched, of every kind there is", async () => {
    const { store } = team.services;
    for (const id of ["one", "waiting/1/one"]) await keep("draft", id, { by: "eve" });
    await eraseInDossiers({ tenant: team.tenant, member: gone, at: team.now() }, store);
    const kinds = [];
    for (const kind of dossierKindSchema.options)
      for (const { revision } of await store.dossiers({ tenant: team.tenant, kind, limit: 9 }))
        kinds.push([kind, revision]);
    expect(kinds).toEqual([
      ["draft", 1],
      ["draft", 1],
    ]);
  });
});
