/** Ten marks, as many of them filled as the score has tens; a score of 0 to 100. */
export function scoreBar(score: number): string {
  const filled = Math.max(0, Math.min(10, Math.round(score / 10)));
  return "▰".repeat(filled) + "▱".repeat(10 - filled);
}
