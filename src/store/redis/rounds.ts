import { z } from "zod";
import {
  type ChannelId,
  channelIdSchema,
  type Instant,
  type RoundId,
  roundIdSchema,
  studyDateSchema,
  type TenantId,
} from "#core/ids";
import type { Round } from "#core/round/round";
import type { Effects } from "./effects.ts";
import { fromPart, tenantKeys, toPart } from "./keys.ts";
import { dayNumber, instantTextSchema, rowsOf, textsSchema } from "./replies.ts";
import type { RedisServer } from "./server.ts";

/**
 * How many rounds of a channel keep their members in a hash, where an answer is found at once. What is older takes five
 * bytes an answer; what asks for a team's last two months does not reach so far back.
 */
export const UNPACKED_ROUNDS = 62;

const part = z.string().transform(fromPart);
const rowSchema = z
  .string()
  .transform((row) => row.split(" "))
  .pipe(z.tuple([instantTextSchema, instantTextSchema, studyDateSchema, part.pipe(channelIdSchema), part]));
const closedSchema = z.union([z.literal("").transform(() => null), instantTextSchema]);

export const roundIn = (tenant: TenantId, id: string, row: string, closed: string): Round => {
  const [opensAt, closesAt, date, channel, question] = rowSchema.parse(row);
  const closedAt = closedSchema.parse(closed);
  return {
    id: roundIdSchema.parse(fromPart(id)),
    tenant,
    channel,
    date,
    question,
    opensAt,
    closesAt,
    closedAt,
  };
};

/** Packs who answered an old round, and lets go of the boards of its week and its month. */
export const packRound = async (server: RedisServer, tenant: TenantId, round: RoundId): Promise<void> => {
  const keys = tenantKeys(tenant);
  await server.read("pack-round", [keys.live(round), keys.packed(round)], []);
  for (const board of keys.endingBoards(round)) await server.read("roll-board", [board], []);
};

export const roundsIn = (server: RedisServer, effects: Effects) => ({
  open: async (round: Round): Promise<Round> => {
    const { tenant, channel, id, date, opensAt, closesAt, closedAt, question } = round;
    const [kept = "", row = "", closed = "", old = ""] = textsSchema.parse(
      await effects.apply(tenant, "open-round", [
        toPart(channel),
        toPart(id),
        dayNumber(date),
        String(opensAt),
        String(closesAt),
        date,
        toPart(question),
        closedAt === null ? "" : String(closedAt),
        String(UNPACKED_ROUNDS),
      ]),
    );
    // It only saves memory: where it fails all stays as it is.
    if (old !== "") await packRound(server, tenant, roundIdSchema.parse(fromPart(old)));
    return roundIn(tenant, kept, row, closed);
  },

  close: async (tenant: TenantId, id: RoundId, at: Instant): Promise<Round | null> => {
    const [row, closed = ""] = textsSchema.parse(
      await effects.apply(tenant, "close-round", [toPart(id), String(at)]),
    );
    return row === undefined ? null : roundIn(tenant, toPart(id), row, closed);
  },

  find: async (tenant: TenantId, id: RoundId): Promise<Round | null> => {
    const keys = tenantKeys(tenant);
    const [row, closed] = await server.ask((client) =>
      Promise.all([client.hget(keys.rounds, toPart(id)), client.hget(keys.closed, toPart(id))]),
    );
    return row === null ? null : roundIn(tenant, toPart(id), row, closed ?? "");
  },

  newest: async (tenant: TenantId, channel: ChannelId, limit: number): Promise<Round[]> => {
    const keys = tenantKeys(tenant);
    const flat = textsSchema.parse(
      await server.read(
        "rounds-of-channel",
        [keys.rounds, keys.closed, keys.roundsByDate(channel)],
        [String(limit)],
      ),
    );
    return rowsOf(flat, 3).map(([id = "", row = "", closed = ""]) => roundIn(tenant, id, row, closed));
  },
});
export type Rounds = ReturnType<typeof roundsIn>;
