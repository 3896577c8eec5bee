import type { MemberId } from "#core/ids";
import type { GradeResult } from "#core/scoring/grader";

/** From where a button goes on: pressed by two at once, it goes on once. */
export const stretches = ["lobby", "answering", "settling"] as const;
export type Stretch = (typeof stretches)[number];

/** What can happen to an interview. `turn` is the number, from 0, of the question whose button was pressed. */
export type Event =
  | { readonly kind: "join" | "leave" | "end" | "look"; readonly member: MemberId }
  | { readonly kind: "consent"; readonly member: MemberId; readonly shows: boolean }
  | {
      readonly kind: "next";
      readonly member: MemberId;
      readonly turn?: number | undefined;
      readonly from?: Stretch | undefined;
    }
  | { readonly kind: "skip" | "hint"; readonly member: MemberId; readonly turn?: number | undefined }
  | {
      readonly kind: "ask";
      readonly member: MemberId;
      readonly turn?: number | undefined;
      readonly id: string;
    }
  | {
      readonly kind: "tick";
      readonly member: MemberId;
      readonly turn?: number | undefined;
      /** Ids of key points, in place of those that were ticked before. */
      readonly points: readonly string[];
    }
  | {
      readonly kind: "answer" | "notes";
      readonly member: MemberId;
      readonly turn?: number | undefined;
      readonly text: string;
      /** Of everything that was written to the question, this included. */
      readonly result: GradeResult;
      /** Of the candidate's own words alone; absent where that is the same, and for notes. */
      readonly own?: GradeResult;
    }
  /** The candidate takes others' notes as their answer, also when the interview is over. */
  | { readonly kind: "keep"; readonly member: MemberId; readonly turn: number }
  /** Time has passed. */
  | { readonly kind: "wake" }
  /** The thread takes no messages any more. */
  | { readonly kind: "thread-lost" };

export type MembersEvent = Extract<Event, { readonly member: MemberId }>;
