/** A member's own page on a platform that has one. */
export const home = {
  noDays: "No day counts yet. The first answer that earns its day begins the streak.",
  nothingOpen: "No question is open now. Practice touches neither the streak nor the boards.",
  bestSoFar: (score: number): string => `Your best answer so far: ${score} / 100`,
  weak: "Where to go on",
  mean: (score: number): string => `${score} / 100`,
  lacking: "Key points that your best answers lack:",
  why: "Explain my streak",
  history: "My answers",
  help: "Commands",
  settings: "Settings",
};
