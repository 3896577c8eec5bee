/** Discord's colours are one number: red, green and blue, a byte each. */
export const BRAND = 0x4f6bed;

const steps: readonly (readonly [from: number, colour: number])[] = [
  [80, 0x2e9e5b],
  [60, 0x7aa83a],
  [40, 0xd9a300],
  [20, 0xe0752d],
  [0, 0xd0453e],
];

/** From red to green; a score of 0 to 100. */
export const scoreColour = (score: number): number => steps.find(([from]) => score >= from)?.[1] ?? BRAND;
