import { afterEach, describe } from "vitest";
import type { Store } from "#core/ports";
import { allowancesAreCounted } from "./store-allowances.ts";
import { answersAreKept } from "./store-answers.ts";
import { boardsAreKept } from "./store-boards.ts";
import { dossiersAreKept } from "./store-dossiers.ts";
import { peopleAreForgotten } from "./store-erasures.ts";
import { installationsAreKept } from "./store-installations.ts";
import { membersWishesAreKept } from "./store-offers.ts";
import { orderDoesNotMatter } from "./store-order.ts";
import { resultsAreRevised } from "./store-revisions.ts";
import { roundsAreKept } from "./store-rounds.ts";
import { schedulesAndPostsAreKept } from "./store-schedule.ts";
import { streakChoicesAreKept, streaksFollowTheRules } from "./store-streaks.ts";
import { tenantsNeverMeet } from "./store-tenants.ts";

export interface OpenedStore {
  readonly store: Store;
  /** Closes the store and opens it again on what it kept. */
  readonly reopen: () => Promise<Store>;
  /** Closes the store and removes all that it kept. */
  readonly dispose: () => Promise<void>;
}

/**
 * What every store promises, whatever it keeps things in.
 *
 * @param open gives an empty store, each time another
 */
export const storeContract = (name: string, open: () => Promise<OpenedStore>): void => {
  describe(`a store in ${name}`, () => {
    const opened: OpenedStore[] = [];
    const openOne = async (): Promise<OpenedStore> => {
      const one = await open();
      opened.push(one);
      return one;
    };
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.dispose();
    });

    roundsAreKept(openOne);
    answersAreKept(openOne);
    resultsAreRevised(openOne);
    orderDoesNotMatter(openOne);
    tenantsNeverMeet(openOne);
    schedulesAndPostsAreKept(openOne);
    membersWishesAreKept(openOne);
    streakChoicesAreKept(openOne);
    streaksFollowTheRules(openOne);
    installationsAreKept(openOne);
    dossiersAreKept(openOne);
    boardsAreKept(openOne);
    peopleAreForgotten(openOne);
    allowancesAreCounted(openOne);
  });
};
