import { createHash } from "node:crypto";
import { z } from "zod";
import type { Allowances, Bucket } from "#core/limits/allowance";
import { tenantKeys } from "./keys.ts";
import type { RedisServer } from "./server.ts";

const microsSchema = z.int().nonnegative();

/** A digest stands for a member's id: what is counted for a minute names nobody. */
const digestOf = (name: string): string => createHash("sha256").update(name).digest("base64url").slice(0, 22);

const microsPerOne = ({ most, windowMs }: Bucket): string => String(Math.floor((windowMs * 1_000) / most));

export const allowancesIn = (server: RedisServer): Allowances => ({
  spend: async (tenant, buckets) => {
    const { allowance } = tenantKeys(tenant);
    const keys = buckets.map(({ name }) => allowance(digestOf(name)));
    const windowMs = Math.max(...buckets.map((bucket) => bucket.windowMs));
    const reply = await server.read("spend", keys, [...buckets.map(microsPerOne), String(windowMs * 1_000)]);
    return microsSchema.parse(reply) / 1_000;
  },
});
