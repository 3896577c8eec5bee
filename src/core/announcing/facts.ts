import type { MemberId } from "#core/ids";
import type { Bilingual, Locale } from "#core/language";
import type { Library } from "#core/pack/library";
import type { Question } from "#core/pack/question";
import type { Round } from "#core/round/round";
import type { TeamStreak } from "#core/streak/team";

/** An answer whose author offered it for the reveal. */
export interface OfferedAnswer {
  readonly text: string;
  /** 0 to 100. */
  readonly score: number;
  /** The author, where they offered their name as well. */
  readonly by: MemberId | null;
}

/** All that a channel's messages about a round say: nothing that a member wrote without their consent. */
export interface AnnouncementFacts {
  /** As the store has it now. */
  readonly round: Round;
  /** Whether the round takes answers now. */
  readonly isOpen: boolean;
  readonly question: Question;
  readonly topic: Bilingual;
  /** Whether it came so late that the message says so. */
  readonly late: boolean;
  /** The channel's language. */
  readonly locale: Locale;
  /** How many members have answered. */
  readonly answered: number;
  /** For how many members the date counts, and those of them who may be named. */
  readonly kept: { readonly count: number; readonly named: readonly MemberId[] };
  readonly team: TeamStreak;
  /** The best answers that were offered, the best first; none while the round is open. */
  readonly offered: readonly OfferedAnswer[];
  readonly sources: Pick<Library, "document">;
}
