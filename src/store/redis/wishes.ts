import { z } from "zod";
import {
  type ChannelId,
  type Instant,
  type MemberId,
  memberIdSchema,
  type RoundId,
  type SubmissionId,
  submissionIdSchema,
  type TenantId,
} from "#core/ids";
import type { Offer } from "#core/round/offer";
import {
  choiceKey,
  choiceText,
  laterChoice,
  type StreakChoice,
  streakChoiceSchema,
} from "#core/streak/choice";
import { type Excusal, excusalSchema } from "#core/streak/excusal";
import type { Effects } from "./effects.ts";
import { fromPart, tenantKeys, toPart } from "./keys.ts";
import { countSchema, jsonSchema } from "./replies.ts";
import type { RedisServer } from "./server.ts";

const hashSchema = z.record(z.string(), z.string());
const choiceSchema = jsonSchema.pipe(streakChoiceSchema);
const keptExcusalSchema = jsonSchema.pipe(excusalSchema);

const hint =
  (effects: Effects) =>
  async (tenant: TenantId, member: MemberId, asked: string, available: number, submission: SubmissionId) =>
    countSchema.parse(
      await effects.apply(tenant, "hint", [
        toPart(member),
        toPart(asked),
        toPart(submission),
        String(available),
      ]),
    );

/** What members wish and admins decide: offers, names, choices, excused dates, hints, and what buttons stand for. */
export const wishesIn = (server: RedisServer, effects: Effects) => {
  const hash = async (key: string): Promise<[string, string][]> =>
    Object.entries(hashSchema.parse(await server.ask((client) => client.hgetall(key))));
  const keepText = async (
    [tenant, key, action, now, expiresAt]: readonly [TenantId, string, string, Instant, Instant],
    isOnce: boolean,
  ): Promise<string> =>
    z
      .string()
      .parse(
        await server.write(
          "keep-action",
          [tenantKeys(tenant).action(key), tenantKeys(tenant).actions],
          [
            JSON.stringify(action),
            String(now),
            String(expiresAt),
            isOnce ? "1" : "",
            String(ENDED_KEPT_MS),
            toPart(key),
          ],
        ),
      );

  return {
    offer: async ({ tenant, round, member, submission, named }: Offer): Promise<void> => {
      const value = `${named ? 1 : 0} ${toPart(submission)}`;
      await effects.apply(tenant, "field", ["offers", toPart(round), toPart(member), value]);
    },
    withdraw: async (tenant: TenantId, round: RoundId, member: MemberId): Promise<void> => {
      await effects.apply(tenant, "field", ["offers", toPart(round), toPart(member), ""]);
    },
    offers: async (tenant: TenantId, round: RoundId): Promise<Offer[]> =>
      (await hash(tenantKeys(tenant).offers(round))).map(([member, value]) => ({
        tenant,
        round,
        member: memberIdSchema.parse(fromPart(member)),
        submission: submissionIdSchema.parse(fromPart(value.slice(2))),
        named: value.startsWith("1"),
      })),

    setNamed: async (tenant: TenantId, member: MemberId, named: boolean): Promise<void> => {
      await effects.apply(tenant, "field", ["named", "", toPart(member), named ? "1" : ""]);
    },
    named: async (tenant: TenantId): Promise<MemberId[]> =>
      (await hash(tenantKeys(tenant).named)).map(([member]) => memberIdSchema.parse(fromPart(member))),

    keepChoice: async (tenant: TenantId, member: MemberId, choice: StreakChoice): Promise<void> => {
      const field = toPart(choiceKey(choice));
      let standing = "";
      for (;;) {
        const stays = standing === "" ? choice : laterChoice(choiceSchema.parse(standing), choice);
        if (choiceText(stays) === standing) return;
        const other = z
          .string()
          .parse(
            await effects.apply(tenant, "swap-field", [
              "choices",
              toPart(member),
              field,
              standing,
              choiceText(choice),
            ]),
          );
        if (other === "") return;
        standing = other;
      }
    },
    choices: async (tenant: TenantId, member: MemberId): Promise<StreakChoice[]> =>
      (await hash(tenantKeys(tenant).choices(member))).map(([, text]) => choiceSchema.parse(text)),

    excuse: async (tenant: TenantId, channel: ChannelId, excusal: Excusal): Promise<Excusal> => {
      const text = JSON.stringify(excusalSchema.parse(excusal));
      const other = z
        .string()
        .parse(
          await effects.apply(tenant, "swap-field", ["excusals", toPart(channel), excusal.date, "", text]),
        );
      return other === "" ? excusal : keptExcusalSchema.parse(other);
    },
    excusals: async (tenant: TenantId, channel: ChannelId): Promise<Excusal[]> =>
      (await hash(tenantKeys(tenant).excusals(channel)))
        .map(([, text]) => keptExcusalSchema.parse(text))
        .toSorted((one, other) => (one.date < other.date ? -1 : 1)),

    takeHint: hint(effects),

    keepAction: async (...kept: readonly [TenantId, string, string, Instant, Instant]): Promise<void> => {
      await keepText(kept, false);
    },
    keepActionOnce: async (...kept: readonly [TenantId, string, string, Instant, Instant]): Promise<string> =>
      jsonSchema.pipe(z.string()).parse(await keepText(kept, true)),
    keptAction: async (tenant: TenantId, key: string, now: Instant): Promise<string | null> => {
      const kept = await server.ask((client) => client.get(tenantKeys(tenant).action(key)));
      const [, until, text] = /^(\d{1,16}) ([\s\S]*)$/.exec(kept ?? "") ?? [];
      return text === undefined || Number(until) <= now ? null : jsonSchema.pipe(z.string()).parse(text);
    },

    keepInstallation: async (tenant: TenantId, sealed: string): Promise<void> => {
      await effects.apply(tenant, "installation", [JSON.stringify(sealed)]);
    },
    dropInstallation: async (tenant: TenantId): Promise<void> => {
      await effects.apply(tenant, "installation", [""]);
    },
    installation: async (tenant: TenantId): Promise<string | null> => {
      const kept = await server.ask((client) => client.get(tenantKeys(tenant).installation));
      return kept === null ? null : jsonSchema.pipe(z.string()).parse(kept.slice(kept.indexOf(" ") + 1));
    },
  };
};

/** A text that has ended is nobody's any more; a day later Redis drops it, whatever the clocks say. */
const ENDED_KEPT_MS = 24 * 3_600_000;
