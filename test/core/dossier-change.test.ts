import { describe, expect, it } from "vitest";
import type { Dossier } from "#core/dossier";
import { changeDossier } from "#core/dossier-change";
import { tenantIdSchema } from "#core/ids";
import { Refusal } from "#core/refusal";

const named = { tenant: tenantIdSchema.parse("guild-1"), kind: "appeal", id: "a" } as const;

/** One place for one dossier, in which somebody else writes so many times just before everybody who keeps. */
const contested = (quickerTimes: number) => {
  let standing: Dossier | null = null;
  let left = quickerTimes;
  return {
    dossier: async () => standing,
    keepDossier: async (dossier: Dossier) => {
      if (left > 0) {
        left -= 1;
        standing = { ...dossier, revision: (standing?.revision ?? 0) + 1, text: `${standing?.text ?? ""}x` };
      }
      if (dossier.revision === (standing?.revision ?? 0) + 1) standing = dossier;
      return standing;
    },
  };
};

const adding = (what: string) => (standing: Dossier | null) => ({
  text: `${standing?.text ?? ""}${what}`,
  wakeAt: null,
});

describe("A change of a dossier", () => {
  it("is made again from what stands then, where others were quicker", async () => {
    const kept = await changeDossier(contested(3), named, adding("!"));
    expect(kept).toMatchObject({ revision: 4, text: "xxx!" });
  });

  it("leaves it as it stands where nothing is to change, also where nothing is kept", async () => {
    const store = contested(0);
    expect(await changeDossier(store, named, () => null)).toBeNull();
    await changeDossier(store, named, adding("!"));
    expect(await changeDossier(store, named, () => null)).toMatchObject({ revision: 1, text: "!" });
  });

  it("begins anew where it was dropped meanwhile", async () => {
    const seen: (string | null)[] = [];
    const store = {
      dossier: async () => ({ ...named, revision: 5, text: "old", wakeAt: null }),
      keepDossier: async (dossier: Dossier) => (dossier.revision === 1 ? dossier : null),
    };
    const kept = await changeDossier(store, named, (standing) => {
      seen.push(standing?.text ?? null);
      return { text: "new", wakeAt: 9 };
    });
    expect([seen, kept?.revision]).toEqual([["old", null], 1]);
  });

  it("gives up in the end, and passes on what the change refuses", async () => {
    await expect(changeDossier(contested(Number.POSITIVE_INFINITY), named, adding("!"))).rejects.toThrow(
      "others were quicker",
    );
    const refused = changeDossier(contested(0), named, () => {
      throw new Refusal(() => "no");
    });
    await expect(refused).rejects.toBeInstanceOf(Refusal);
  });
});
