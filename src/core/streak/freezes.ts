/** What a day means for freezes: `pass` earns towards one and ends a gap, `adds` only ends it, `miss` needs cover. */
export type FreezeDay = "pass" | "adds" | "keeps" | "miss";

const FREEZES_AT_START = 1;
const FREEZES_HELD_AT_MOST = 2;
const PASSES_PER_FREEZE = 7;

/** Freezes as they stand after some days. */
export interface FreezeAccount {
  /** 0 to 2. */
  readonly held: number;
  /** Passed days since the last one was earned; while two are held the count goes on, and none is lost. */
  readonly passes: number;
}

const openingAccount: FreezeAccount = { held: FREEZES_AT_START, passes: 0 };

/** How many more days must be passed for the next freeze; null while no more can be held. */
export const passesToNextFreeze = ({ held, passes }: FreezeAccount): number | null =>
  held >= FREEZES_HELD_AT_MOST ? null : Math.max(1, PASSES_PER_FREEZE - passes);

const afterPass = ({ held, passes }: FreezeAccount): FreezeAccount =>
  passes + 1 >= PASSES_PER_FREEZE && held < FREEZES_HELD_AT_MOST
    ? { held: held + 1, passes: 0 }
    : { held, passes: passes + 1 };

/** The account after all days with these covered; null where a freeze would be spent that was not there. */
export const accountAfter = (
  days: readonly FreezeDay[],
  covered: ReadonlySet<number>,
): FreezeAccount | null => {
  let account = openingAccount;
  for (const [at, day] of days.entries()) {
    if (day === "pass") account = afterPass(account);
    if (!covered.has(at)) continue;
    if (account.held === 0) return null;
    account = { ...account, held: account.held - 1 };
  }
  return account;
};

/** The misses between one counting day and the next, as indices; the last gap may still be growing. */
interface Gap {
  readonly misses: readonly number[];
  /** Whether a counting day came before it: without one there is no streak to save. */
  readonly hasRun: boolean;
}

const gapsOf = (days: readonly FreezeDay[]): Gap[] => {
  const gaps: Gap[] = [];
  let misses: number[] = [];
  let hasRun = false;
  for (const [at, day] of days.entries()) {
    if (day === "miss") misses.push(at);
    if (day !== "pass" && day !== "adds") continue;
    gaps.push({ misses, hasRun });
    misses = [];
    hasRun = true;
  }
  return [...gaps, { misses, hasRun }].filter((gap) => gap.misses.length > 0);
};

/**
 * Which misses freezes cover, as time goes by: a whole gap where enough freezes are held when it comes, else nothing of
 * it, so that none is spent on a streak that ends anyway.
 */
export const coveredInTime = (days: readonly FreezeDay[]): ReadonlySet<number> => {
  const covered = new Set<number>();
  let account = openingAccount;
  let gap: number[] = [];
  let hasRun = false;
  const settleGap = (): void => {
    if (hasRun && gap.length <= account.held) {
      for (const at of gap) covered.add(at);
      account = { ...account, held: account.held - gap.length };
    }
    gap = [];
  };
  for (const [at, day] of days.entries()) {
    if (day === "miss") gap.push(at);
    if (day !== "pass" && day !== "adds") continue;
    settleGap();
    hasRun = true;
    if (day === "pass") account = afterPass(account);
  }
  settleGap();
  return covered;
};

/**
 * What is covered once days have been changed after the fact, by an appeal that was upheld or a date that was excused
 * late. What freezes were spent on stays, except where it is needed no longer; what that gives back reaches further
 * into the past, gap by gap from the newest, as far as it goes. So no such decision ever makes a streak shorter,
 * which working everything out anew could: two days saved early may leave nothing for the one that counts today.
 *
 * @param days as they are now
 * @param spent what was covered before the change
 */
export const coveredAfterChange = (
  days: readonly FreezeDay[],
  spent: ReadonlySet<number>,
): ReadonlySet<number> => {
  let covered: ReadonlySet<number> = new Set([...spent].filter((at) => days[at] === "miss"));
  for (const { misses, hasRun } of gapsOf(days).toReversed()) {
    if (misses.every((at) => covered.has(at))) continue;
    const more = new Set([...covered, ...misses]);
    if (!hasRun || accountAfter(days, more) === null) break;
    covered = more;
  }
  return covered;
};
