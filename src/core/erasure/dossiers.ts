import { z } from "zod";
import { readAppeal } from "#core/appeal/appeal";
import { phraseId } from "#core/appeal/phrase";
import { type Dossier, type DossierKind, dossierKindSchema } from "#core/dossier";
import { changeDossier } from "#core/dossier-change";
import { editorsWithout } from "#core/editors";
import { type Instant, type MemberId, memberIdSchema, type TenantId } from "#core/ids";
import type { Store } from "#core/ports";
import { consentId } from "#core/report/consent";
import { readSuggestion } from "#core/suggestion/suggestion";
import { interviewWithout } from "./interview.ts";
import { FORGOTTEN, isPartOf, namesMember } from "./naming.ts";

/** Whose traces go, and when that was asked for. */
export interface Whom {
  readonly tenant: TenantId;
  readonly member: MemberId;
  readonly at: Instant;
}

/** What becomes of a dossier: it is dropped, it has another text, or (null) it stays as it is. */
type Fate = "drop" | string | null;
type Rule = (dossier: Dossier, whom: Whom) => Fate;

const stays: Rule = () => null;
const isNamedAfter: Rule = ({ id }, { member }) => (id === member ? "drop" : null);

interface Decided {
  readonly by: MemberId;
  readonly submission: string;
}

/** A decision without whoever made it: what was decided is another member's affair. */
const decisionWithout = <Decision extends Decided>(
  decision: Decision | null,
  member: MemberId,
): Decision | null =>
  decision?.by === member ? { ...decision, by: FORGOTTEN, submission: FORGOTTEN } : decision;

const textUnless = (before: string, after: unknown): Fate => {
  const text = JSON.stringify(after);
  return text === before ? null : text;
};

/** A shelf's slip holds nothing but the id of a dossier that lies there. */
export const isSlip = ({ id }: Pick<Dossier, "id">): boolean => id.includes("/");

const appeal: Rule = (dossier, { member }) => {
  if (isSlip(dossier)) return null;
  const filed = readAppeal(dossier.text);
  if (filed.member === member) return "drop";
  return textUnless(dossier.text, { ...filed, decision: decisionWithout(filed.decision, member) });
};

const suggestion: Rule = (dossier, { member }) => {
  if (isSlip(dossier)) return null;
  const kept = readSuggestion(dossier.text);
  const { takenUp } = kept;
  const taken = takenUp?.by === member ? { ...takenUp, by: FORGOTTEN } : takenUp;
  if (kept.type === "phrase") {
    const approvedBy = kept.approvedBy === member ? FORGOTTEN : kept.approvedBy;
    return textUnless(dossier.text, { ...kept, takenUp: taken, approvedBy });
  }
  if (kept.member === member) return "drop";
  const decision = decisionWithout(kept.decision, member);
  return textUnless(dossier.text, { ...kept, takenUp: taken, decision });
};

const changeBySomebody = z.looseObject({ by: memberIdSchema });
const threadSchema = z.looseObject({
  messages: z.array(z.looseObject({ key: z.string(), reply: z.string() })),
});

/** Drafts are the team's; who worked on them, and by which press, is not known any more. */
const draft: Rule = ({ text }, { member }) =>
  textUnless(
    text,
    JSON.parse(text, (_, value: unknown) => {
      const { data } = changeBySomebody.safeParse(value);
      if (data?.by !== member) return value;
      return { ...data, by: null, ...("submission" in data ? { submission: null } : {}) };
    }),
  );

/** What this machine shows in place of a platform: messages to the member, and those that name them. */
const stage: Rule = ({ id, text }, { member }) => {
  if (id === `member/${member}`) return "drop";
  const { success, data } = threadSchema.safeParse(JSON.parse(text));
  if (!success) return null;
  const messages = data.messages.filter(
    ({ key, reply }) => !isPartOf(member, key) && !namesMember(reply, member),
  );
  return textUnless(text, { ...data, messages });
};

/** What becomes of each kind. A new kind says here what it holds of members, or it does not compile. */
const rules: Readonly<Record<DossierKind, Rule>> = {
  interview: ({ text }, whom) => interviewWithout(text, whom),
  "interview-seat": isNamedAfter,
  stage,
  appeal,
  suggestion,
  draft,
  reminder: isNamedAfter,
  report: stays,
  "interview-date": isNamedAfter,
  consent: ({ id }, { member }) => (id === consentId(member) ? "drop" : null),
  inbox: isNamedAfter,
  editors: ({ text }, { member }) => editorsWithout(text, member),
  "second-look": stays,
  // Of erasures themselves: each drops its own.
  erasure: stays,
};

const PAGE = 100;

export async function* dossiersOf(
  store: Store,
  tenant: TenantId,
  kind: DossierKind,
): AsyncGenerator<Dossier> {
  for (let after: string | undefined; ; ) {
    const query = { tenant, kind, limit: PAGE };
    const page = await store.dossiers(after === undefined ? query : { ...query, after });
    yield* page;
    after = page.at(-1)?.id;
    if (page.length < PAGE || after === undefined) return;
  }
}

/** Applies a rule to a dossier as it stands, also where others change it at the same time. */
async function settle(store: Store, rule: Rule, dossier: Dossier, whom: Whom): Promise<"dropped" | "kept"> {
  const { tenant, kind, id } = dossier;
  let fate: Fate = null;
  await changeDossier(store, dossier, (standing) => {
    fate = standing === null ? null : rule(standing, whom);
    return standing === null || fate === null || fate === "drop"
      ? null
      : { text: fate, wakeAt: standing.wakeAt };
  });
  if (fate !== "drop") return "kept";
  await store.dropDossier(tenant, kind, id);
  return "dropped";
}

/** Drops the slips that led to dossiers which are gone. */
async function dropSlips(
  store: Store,
  tenant: TenantId,
  kind: DossierKind,
  gone: ReadonlySet<string>,
): Promise<void> {
  if (gone.size === 0) return;
  for await (const slip of dossiersOf(store, tenant, kind))
    if (isSlip(slip) && gone.has(slip.text)) await store.dropDossier(tenant, kind, slip.id);
}

/** Takes a member out of all dossiers of a tenant: what was theirs is dropped, what is others' names them no more. */
export async function eraseInDossiers(whom: Whom, store: Store): Promise<void> {
  const { tenant } = whom;
  for (const kind of dossierKindSchema.options) {
    const gone = new Set<string>();
    for await (const dossier of dossiersOf(store, tenant, kind)) {
      if ((await settle(store, rules[kind], dossier, whom)) !== "dropped") continue;
      gone.add(dossier.id);
      // The words of an appeal that was upheld lie among the suggestions.
      if (kind === "appeal") await store.dropDossier(tenant, "suggestion", phraseId(dossier.id));
      if (kind === "appeal") await dropSlips(store, tenant, "suggestion", new Set([phraseId(dossier.id)]));
    }
    await dropSlips(store, tenant, kind, gone);
  }
}

/** Drops all dossiers of a tenant but those of the erasure itself. */
export async function dropDossiers(tenant: TenantId, store: Store): Promise<void> {
  for (const kind of dossierKindSchema.options) {
    if (kind === "erasure") continue;
    for await (const { id } of dossiersOf(store, tenant, kind)) await store.dropDossier(tenant, kind, id);
  }
}
