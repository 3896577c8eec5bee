import { Refusal } from "#core/refusal";
import { compare, copyTenant, type Moved } from "#src/backup/copying";
import { type Place, placeNamed } from "#src/backup/place";
import { readConfig } from "#src/config";

/** Copies all and reads it back from both sides. */
const copyAll = async (from: Place, to: Place, now: number): Promise<Moved> => {
  const source = await from.contents();
  try {
    await to.begin(from.shown);
    const tenants = await source.tenants();
    const target = await to.store();
    try {
      for (const tenant of tenants) await copyTenant(source, target, tenant, now);
    } finally {
      await target.close();
    }
    const arrived = await to.contents();
    try {
      const moved = await compare(source, arrived, tenants, now);
      if (moved === null) throw new Refusal((say) => say.redis.differs(to.shown));
      await to.end();
      return moved;
    } finally {
      await arrived.close();
    }
  } finally {
    await source.close();
  }
};

/**
 * Moves everything from one place to another and reads it back; what was interrupted goes on when it is called again.
 *
 * @param from `sqlite`, `sqlite:FILE`, `redis` or an address of Redis
 * @throws Refusal where the target is not empty, or what arrived differs
 */
export const migrateBetween = (from: string, to: string, now: number): Promise<Moved> => {
  const config = readConfig(process.env);
  return copyAll(placeNamed(from, config), placeNamed(to, config), now);
};
