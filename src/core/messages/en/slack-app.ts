/** What Slack shows about the app where it is installed. */
export const slackApp = {
  name: "Rehearsal",
  about: "A question a day for teams that prepare LLM interviews together, scored against key points.",
  study: "Everything Rehearsal does: /study quiz, /study vram …, /study help",
  studyHint: "quiz | answer … | vram qwen2.5-7b qlora | help",
};
