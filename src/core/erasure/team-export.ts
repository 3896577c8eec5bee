import { readAppeal } from "#core/appeal/appeal";
import type { DossierKind } from "#core/dossier";
import type { RoundId, TenantId } from "#core/ids";
import type { StoredRecord } from "#core/migration/record";
import type { Store } from "#core/ports";
import type { Offer } from "#core/round/offer";
import type { Attempt } from "#core/round/round";
import { interviewForTeam } from "./interview.ts";
import { withoutQuotes } from "./quotes.ts";

/** What every platform lets a bot send in one file. */
export const MOST_MEGABYTES = 7;

/** What a dossier's text is to the team: null where it is a member's own affair, or the bot's. */
type Shown = (text: string) => string | null;
const whole: Shown = (text) => text;
const nothing: Shown = () => null;

/** A new kind says here what of it is the team's, or it does not compile. */
const shownOf: Readonly<Record<DossierKind, Shown>> = {
  interview: interviewForTeam,
  // Which answer is doubted and what came of it; the member's words are between them and the editors.
  appeal: (text) =>
    text.startsWith("{") ? JSON.stringify({ ...readAppeal(text), words: null, reason: null }) : null,
  suggestion: whole,
  draft: whole,
  report: whole,
  editors: whole,
  "interview-seat": nothing,
  stage: nothing,
  reminder: nothing,
  "interview-date": nothing,
  consent: nothing,
  inbox: nothing,
  "second-look": nothing,
  erasure: nothing,
};

/** Of buttons only what they do is kept, and of an installation a secret; the rest is a member's own affair. */
const leftOut: ReadonlySet<string> = new Set(["action", "installation", "practice", "choice", "erased"]);

/** Tells which answers a team may read: those that their members offered under their name, once the round has ended. */
const wordsFor = (store: Store, tenant: TenantId) => {
  const open = new Set<RoundId>();
  const offers = new Map<RoundId, readonly Offer[]>();
  return {
    sawRound: (round: RoundId, isOpen: boolean): void => {
      if (isOpen) open.add(round);
    },
    areShown: async ({ round, member, submission }: Attempt): Promise<boolean> => {
      if (round === null || open.has(round)) return false;
      const known = offers.get(round) ?? (await store.offers(tenant, round));
      offers.set(round, known);
      return known.some((offer) => offer.named && offer.member === member && offer.submission === submission);
    },
  };
};

export interface TeamExport {
  readonly records: number;
  /** One record a line, as JSON. */
  readonly content: string;
}

/**
 * What is kept of a tenant and is the team's: scores and days of everybody, but a member's words only where they offered
 * them under their name, and nothing of what they practise or are reminded of. Null where it is too large for a message.
 */
export async function exportTeam(tenant: TenantId, now: number, store: Store): Promise<TeamExport | null> {
  const words = wordsFor(store, tenant);
  const shown = async (record: StoredRecord): Promise<StoredRecord | null> => {
    if (leftOut.has(record.kind)) return null;
    if (record.kind === "round")
      words.sawRound(record.round.id, (record.round.closedAt ?? record.round.closesAt) > now);
    if (record.kind === "dossier") {
      const text = shownOf[record.dossier.kind](record.dossier.text);
      return text === null ? null : { ...record, dossier: { ...record.dossier, text } };
    }
    if (record.kind !== "answer") return record;
    const { attempt } = record;
    if (attempt.round === null) return null;
    if (await words.areShown(attempt)) return record;
    return {
      ...record,
      attempt: { ...attempt, text: "", result: attempt.result && withoutQuotes(attempt.result) },
    };
  };
  const lines: string[] = [];
  let size = 0;
  for await (const record of store.records(tenant, now)) {
    const kept = await shown(record);
    if (kept === null) continue;
    const line = JSON.stringify(kept);
    size += line.length + 1;
    if (size > MOST_MEGABYTES * 1024 * 1024) return null;
    lines.push(line);
  }
  return { records: lines.length, content: `${lines.join("\n")}\n` };
}
