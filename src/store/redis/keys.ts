import { type BoardPeriod, periodsOf } from "#core/board/period";
import type { DossierKind } from "#core/dossier";
import { type ChannelId, type MemberId, type RoundId, studyDateSchema, type TenantId } from "#core/ids";

/**
 * Part of a key, a field or a set's member: letters, digits and `.@/-` stand for themselves, every other UTF-16 code
 * unit as `%` and four hexadecimal digits. Two names never share a part, no part holds `{`, `}`, `:`, `|` or a blank,
 * and what broken text a name is made of survives: Redis is sent UTF-8, which has no lone surrogates. An underscore is
 * written out as well: no part is `__proto__`, of which a client's objects would make something else.
 */
export const toPart = (name: string): string =>
  name.replace(
    /[^A-Za-z0-9.@/-]/g,
    (unit) =>
      // Without the u flag a pattern sees code units, also the halves of a pair.
      `%${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Reads what `toPart` wrote. */
export const fromPart = (part: string): string =>
  part.replace(/%([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

/** Fixed for good: it is kept in the database, and another count would look for schedules in the wrong places. */
export const SHARDS = 256;

/** FNV-1a over the code units. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
};

/** Where the database says that it is ours, and in which layout. */
export const MARK_KEY = "rehearsal";
/** Of the mark: set once every answer is counted on the boards, which releases before them did not keep. */
export const BOARDS_FIELD = "boards";

const MOST_REMEMBERED = 2_000;
const boardsOfDates = new Map<string, readonly string[]>();

/** Where a round that was not named by `roundIdOf` counts, beside all time: its date is not known here. */
const UNDATED = ["-", "--", "all"];

/** The week, the month and all time, in which a round counts whose id, as `roundIdOf` makes it, begins with its date. */
const boardsOfRound = (round: string): readonly string[] => {
  const date = round.slice(0, 10);
  const known = boardsOfDates.get(date);
  if (known !== undefined) return known;
  const { data } = studyDateSchema.safeParse(date);
  if (data === undefined) return UNDATED;
  if (boardsOfDates.size >= MOST_REMEMBERED) boardsOfDates.clear();
  const periods = periodsOf(data);
  boardsOfDates.set(date, periods);
  return periods;
};
const remembered = new Map<TenantId, TenantKeys>();

/** The keys of one tenant; those of tenants that come again and again are not made anew each time. */
export const tenantKeys = (tenant: TenantId): TenantKeys => {
  const known = remembered.get(tenant);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const keys = makeKeys(tenant);
  remembered.set(tenant, keys);
  return keys;
};

/**
 * The keys of one tenant. All carry its hash tag, so that on a cluster they lie in one slot and a script may touch
 * several of them; no other tenant's key can be made from them.
 */
const makeKeys = (tenant: TenantId) => {
  const tag = `{t:${toPart(tenant)}}`;
  return {
    /** Every effect once; the answers themselves are here and nowhere else. */
    journal: `${tag}:j`,
    /** A member's days, home and practice. */
    member: (member: MemberId) => `${tag}:m:${toPart(member)}`,
    /** The numbers of a member's answers in the journal, by the time they were sent. */
    answers: (member: MemberId) => `${tag}:i:${toPart(member)}`,
    /** A member's practice answers by submission, and how many there are of each question. */
    practice: (member: MemberId) => `${tag}:y:${toPart(member)}`,
    hints: (member: MemberId) => `${tag}:h:${toPart(member)}`,
    choices: (member: MemberId) => `${tag}:s:${toPart(member)}`,
    rounds: `${tag}:R`,
    /** When rounds were closed early. */
    closed: `${tag}:C`,
    roundsByDate: (channel: ChannelId) => `${tag}:c:${toPart(channel)}`,
    roundsByOpening: (channel: ChannelId) => `${tag}:o:${toPart(channel)}`,
    /** Who answered a round of late, with the numbers of the answers. */
    live: (round: RoundId) => `${tag}:l:${toPart(round)}`,
    /** The same of an old round, packed. */
    packed: (round: RoundId) => `${tag}:p:${toPart(round)}`,
    offers: (round: RoundId) => `${tag}:f:${toPart(round)}`,
    named: `${tag}:N`,
    excusals: (channel: ChannelId) => `${tag}:x:${toPart(channel)}`,
    posts: (channel: ChannelId) => `${tag}:r:${toPart(channel)}`,
    postsByDate: (channel: ChannelId) => `${tag}:k:${toPart(channel)}`,
    unsettled: (channel: ChannelId) => `${tag}:u:${toPart(channel)}`,
    action: (key: string) => `${tag}:a:${toPart(key)}`,
    /** The names of all actions, by when they are dropped. */
    actions: `${tag}:A`,
    /** When a bucket of a member, a channel or the tenant is full again; for a minute. */
    allowance: (digest: string) => `${tag}:q:${digest}`,
    /** Who was erased, and when. */
    erased: `${tag}:e`,
    /** The journal while it is written anew without what was removed. */
    journalCopy: `${tag}:J`,
    journalCopier: `${tag}:K`,
    installation: `${tag}:z`,
    /** Who has board points in a period, and how many. */
    board: (period: BoardPeriod) => `${tag}:b:${period}`,
    /** Those of its week and its month. */
    endingBoards: (round: RoundId) => {
      const [week, month] = boardsOfRound(toPart(round));
      return [`${tag}:b:${week}`, `${tag}:b:${month}`];
    },
    hidden: `${tag}:H`,
    /** What an answer touches, out of parts that are written already: it is the store's most frequent call. */
    ofAnswer: (member: string, round: string): string[] => {
      const own = [`${tag}:j`, `${tag}:m:${member}`, `${tag}:i:${member}`];
      const rounds = `${tag}:R`;
      if (round === "") {
        const practice = `${tag}:y:${member}`;
        return [...own, practice, rounds, practice, rounds, rounds, rounds, `${tag}:e`];
      }
      const boards = boardsOfRound(round).map((period) => `${tag}:b:${period}`);
      return [...own, `${tag}:l:${round}`, rounds, `${tag}:p:${round}`, ...boards, `${tag}:e`];
    },
  };
};
export type TenantKeys = ReturnType<typeof makeKeys>;

/** The keys of one shard of the clock. */
export const shardKeys = (shard: number) => {
  const tag = `{s:${shard}}`;
  return {
    journal: `${tag}:j`,
    journalCopy: `${tag}:J`,
    journalCopier: `${tag}:K`,
    schedules: `${tag}:S`,
    /** When the clock is to look at which channel. */
    due: `${tag}:d`,
    channels: (tenant: TenantId) => `${tag}:t:${toPart(tenant)}`,
    dossiers: `${tag}:D`,
    dossierNames: `${tag}:N`,
    dossiersDue: (kind: DossierKind) => `${tag}:w:${kind}`,
  };
};

/**
 * The shard that has a tenant's schedules. Schedules and their due instants lie outside the tenants, because the clock
 * reads them of all tenants, and a bounded number of places can be walked; post records lie with their tenant, whose
 * journal and whose deletion they belong to.
 */
export const shardOf = (tenant: TenantId): number => hashOf(tenant) % SHARDS;

/** Fixed for good as well. Fewer than of schedules, as the clock walks them for every kind of dossier. */
export const DOSSIER_SHARDS = 16;

/** The shard that has a tenant's dossiers, which the clock reads of all tenants as well. */
export const dossierShardOf = (tenant: TenantId): number => hashOf(tenant) % DOSSIER_SHARDS;

export const turnKey = (name: string): string => `{n:${toPart(name)}}`;

/** What kind of journal a key is, and whose; null where it is none. */
export const journalOwner = (
  key: string,
):
  | { readonly kind: "tenant"; readonly tenant: string }
  | { readonly kind: "shard"; readonly shard: number }
  | null => {
  const tenant = /^\{t:([^{}:]*)\}:j$/.exec(key)?.[1];
  if (tenant !== undefined) return { kind: "tenant", tenant: fromPart(tenant) };
  const shard = /^\{s:(\d{1,3})\}:j$/.exec(key)?.[1];
  return shard === undefined ? null : { kind: "shard", shard: Number(shard) };
};

/** CRC16 (XMODEM) of a key's tag, modulo 16,384: the slot that Redis Cluster puts it in. */
export const slotOf = (key: string): number => {
  const open = key.indexOf("{");
  const close = open < 0 ? -1 : key.indexOf("}", open + 1);
  const hashed = close > open + 1 ? key.slice(open + 1, close) : key;
  let crc = 0;
  for (const byte of Buffer.from(hashed)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc & 16_383;
};
