import { answerBeside } from "#src/beside";

/** A process that does what it is asked to: gives an answer back, fails, fills its heap, or never answers. */
answerBeside(async (question: string) => {
  const held: string[][] = [];
  if (question === "fail") throw new Error("it did not work out");
  if (question === "fill") for (;;) held.push(new Array(100_000).fill(question));
  if (question === "wait") await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  return new Map([[question, new Uint8Array([1, 2])]]);
});
