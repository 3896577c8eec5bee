import type { Elsewhere } from "#core/erasure/elsewhere";
import type { Clock, Store } from "#core/ports";
import { SeenIn } from "./seen-in.ts";
import { directTenantOf, guildOf } from "./whereabouts.ts";

/** What belongs to a member's direct messages, which come from no guild: where they were, and their buttons there. */
export function directMessagesOf(store: Store, clock: Clock): Elsewhere {
  return {
    erase: async (tenant, member) => {
      const guild = guildOf(tenant);
      if (guild === null) return;
      const seenIn = new SeenIn(store, clock);
      const others = (await seenIn.placesOf(member)).filter((place) => place.guild !== guild);
      const direct = directTenantOf(member);
      // Of a button nobody can tell which guild it is about.
      await store.eraseTenant(direct, null);
      await seenIn.restore(member, others);
      await store.purge(direct);
    },
    find: async (tenant, member) => {
      const guild = guildOf(tenant);
      if (guild === null) return null;
      const places = await new SeenIn(store, clock).placesOf(member);
      return places.find((place) => place.guild === guild) ?? null;
    },
  };
}
