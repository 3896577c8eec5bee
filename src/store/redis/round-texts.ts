import { z } from "zod";
import { memberIdSchema, type RoundId, submissionIdSchema, type TenantId } from "#core/ids";
import type { SentText } from "#core/round/recording";
import { fromPart, tenantKeys, toPart } from "./keys.ts";
import { instantTextSchema, jsonSchema, rowsOf } from "./replies.ts";
import type { RedisServer } from "./server.ts";

/** As many UTF-16 units of texts as the rounds that are kept may hold together. */
const MOST_KEPT = 4_000_000;
/** A round that nobody has answered for so long is in no rush any more, and is read anew. */
const KEPT_MS = 60_000;

const numberSchema = z.int().nonnegative();
const replySchema = z.tuple([z.literal([0, 1]), numberSchema, numberSchema]).rest(z.string());

interface KnownRound {
  /** Everything that the journal has up to this number is known. */
  readonly upTo: number;
  /** How many entries had been removed from it by then. */
  readonly removed: number;
  readonly texts: readonly SentText[];
  readonly length: number;
  /** When it was last asked for. */
  readonly at: number;
}

const textIn = ([member = "", submission = "", sentAt = "", text = ""]: readonly string[]): SentText => ({
  member: memberIdSchema.parse(fromPart(member)),
  submission: submissionIdSchema.parse(fromPart(submission)),
  sentAt: instantTextSchema.parse(sentAt),
  text: z.string().parse(jsonSchema.parse(text)),
});

/** The first sent first. */
export const byTime = (
  one: Pick<SentText, "sentAt" | "submission">,
  other: Pick<SentText, "sentAt" | "submission">,
): number => one.sentAt - other.sentAt || (one.submission < other.submission ? -1 : 1);

/** The same answer again, or rewritten, stands once. */
const merge = (known: readonly SentText[], since: readonly SentText[]): readonly SentText[] => [
  ...new Map(
    [...known, ...since].map((text) => [`${toPart(text.member)}|${toPart(text.submission)}`, text]),
  ).values(),
];

/**
 * What was sent to the rounds that members answer just now. In a rush each answer asks for all others: what is known
 * already is not read again.
 *
 * @param now milliseconds of any clock that only goes forward
 */
export const roundTextsIn = (server: RedisServer, now = () => performance.now()) => {
  const kept = new Map<string, KnownRound>();
  let length = 0;

  const forget = (name: string): void => {
    length -= kept.get(name)?.length ?? 0;
    kept.delete(name);
  };

  const keep = (name: string, known: KnownRound): void => {
    forget(name);
    kept.set(name, known);
    length += known.length;
    for (const [oldest, { at }] of kept) {
      if (length <= MOST_KEPT && known.at - at <= KEPT_MS) break;
      forget(oldest);
    }
  };

  return async (tenant: TenantId, round: RoundId, most: number): Promise<readonly SentText[]> => {
    const keys = tenantKeys(tenant);
    const name = keys.live(round);
    const before = kept.get(name);
    const since = before === undefined ? ["", "0"] : [String(before.upTo), String(before.removed)];
    const reply = await server.read(
      "texts-of-round",
      [keys.journal, name, keys.packed(round)],
      [toPart(round), String(most), ...since],
    );
    const [isAll, upTo, removed, ...flat] = replySchema.parse(reply);
    const known = isAll === 1 ? [] : (before?.texts ?? []);
    const texts = merge(known, rowsOf(flat, 4).map(textIn)).toSorted(byTime).slice(-most);
    const size = texts.reduce((sum, { text }) => sum + text.length, 0);
    keep(name, { upTo, removed, texts, length: size, at: now() });
    return texts;
  };
};
