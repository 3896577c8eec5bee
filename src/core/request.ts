import type { Theme } from "./charts.ts";
import type { ChannelId, Instant, MemberId, SubmissionId, TenantId } from "./ids.ts";
import type { Locale } from "./language.ts";
import type { Amendment } from "./reply.ts";

/** What a member may do; each role includes those before it. */
export type Role = "member" | "editor" | "admin";

/** What stood behind the command's name: one line of text, or options that the platform has typed already. */
export type Input =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "typed"; readonly options: Readonly<Record<string, unknown>> };

/** One thing a member asks for, the same whichever platform it came from. */
export interface Request {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  /** The channel that it was sent in, also from a thread there; absent where it came from no channel of the tenant's. */
  readonly place?: ChannelId;
  readonly member: MemberId;
  readonly role: Role;
  readonly locale: Locale;
  /** The command's name without its slash. */
  readonly command: string;
  readonly input: Input;
  /** When the platform says it was sent; decides whether an answer is in time, however late it arrives. */
  readonly sentAt: Instant;
  /** The same for every delivery of the same submission. */
  readonly submission: SubmissionId;
  /** The reader's theme where the adapter knows it; pictures are light where it does not. */
  readonly theme?: Theme;
  /** False where the adapter shows no pictures: then none is drawn beside blocks that say the same. */
  readonly pictures?: false;
  /**
   * Takes what comes after the reply, for the eyes of the member who asked only; called at most once, before the reply
   * is returned. The promise never rejects; null where the reply stays as it is. Absent where nothing can be shown later.
   */
  readonly later?: (amendment: Promise<Amendment | null>) => void;
}
