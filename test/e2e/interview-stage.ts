import type { TenantId } from "#core/ids";
import type { Services } from "#core/services";

/** Who sits in the recorded interview: a host, one who reads Chinese, one more. */
export const seated = ["ann", "lin", "sam"] as const;
export type Seated = (typeof seated)[number];

/** A platform on which an interview is played; each act is done as its members do it. */
export interface InterviewStage {
  readonly tenant: TenantId;
  readonly services: Services;
  idOf(person: Seated): string;
  /** How a member is named in what everybody reads. */
  nameOf(person: Seated): string;
  /** Types a command in the channel; what they alone read then. */
  type(person: Seated, line: string): Promise<string>;
  /** Presses the newest button of that label which they see; what they alone read then, every word of it. */
  press(person: Seated, label: string): Promise<string>;
  /** The same, where it opens a form, which is filled in and sent. */
  fill(person: Seated, label: string, text: string): Promise<string>;
  /** Picks in the newest menu that they see; what stands in the place of its message then. */
  pick(person: Seated, menu: string, ...labels: readonly string[]): Promise<string>;
  /** What everybody reads: the first message, and everything below it in order. */
  transcript(): Promise<readonly string[]>;
  passTime(ms: number): Promise<void>;
  /** The process ends in the middle of everything, and another one begins. */
  restart(): Promise<void>;
  /** Throws where the platform has refused something, somebody was rung, or an error was logged. */
  end(): Promise<void>;
}
