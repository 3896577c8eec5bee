import type { MemberId, TenantId } from "#core/ids";
import type { BoardPeriod } from "./period.ts";

export interface BoardQuery {
  readonly tenant: TenantId;
  readonly period: BoardPeriod;
  /** Whose own place is wanted. */
  readonly member: MemberId;
  /** How many rows, 1 to `MOST_ROWS`. */
  readonly limit: number;
}

/** How many rows a board has at most. */
export const MOST_ROWS = 100;

export interface BoardRow {
  readonly member: MemberId;
  /** More than 0. */
  readonly points: number;
}

/** One period's board, without those who want to be shown nowhere: nobody's place depends on them. */
export interface BoardPage {
  /** The first of those who are shown: most points first, equal ones in an order that is the same at every read. */
  readonly rows: readonly BoardRow[];
  /** How many members are shown in the whole board. */
  readonly members: number;
  /** Where the member stands, shown or not; null where they have no points in the period. */
  readonly own: {
    readonly points: number;
    /** How many members who are shown have more points. */
    readonly above: number;
    /** The least points above the member's own; null where nobody who is shown has more. */
    readonly next: number | null;
  } | null;
  /** Whether the member is shown to others. */
  readonly shown: boolean;
}

/** How many hints a member took of a round or, in practice, of a question. */
export interface TakenHints {
  readonly of: string;
  readonly taken: number;
}

/**
 * Where boards are kept: part of the store, with the same promises.
 *
 * A member has one number for each date: the most board points of their answers to the rounds of that date, in
 * whatever channels. A period's points are the sum over its dates (`periodsOf`). What an answer wins is
 * `boardPoints` of its score, of what hints cost it and of whether it earned its date; a better answer, a late result,
 * a revised one (also to fewer points) and an appeal change the date's number, and with it every period, in the step
 * that records them. In whatever order the same things are recorded, the boards end the same.
 */
export interface Boards {
  board(query: BoardQuery): Promise<BoardPage>;
  /** Whether a member is shown to others, on boards and in every other list; everybody is who has not said otherwise. */
  setShown(tenant: TenantId, member: MemberId, shown: boolean): Promise<void>;
  /** Those of these members who want to be shown nowhere, in any order. */
  hiddenAmong(tenant: TenantId, members: readonly MemberId[]): Promise<readonly MemberId[]>;
  /**
   * How many hints a member has taken under these names together, each hint once however often it was shown.
   *
   * @param asked what `takeHint` was given, no name twice
   */
  hintsTaken(tenant: TenantId, member: MemberId, asked: readonly string[]): Promise<number>;
  /** Everything that a member has taken hints of, in any order: names that `takeHint` was given, with how many. */
  hintsOf(tenant: TenantId, member: MemberId): Promise<readonly TakenHints[]>;
}
