import type { slackApp as english } from "#core/messages/en/slack-app";

export const slackApp = {
  name: "Rehearsal",
  about: "和小队一起准备大模型面试：每天一题，按要点评分。",
  study: "Rehearsal 的所有功能：/study quiz、/study vram …、/study help",
  studyHint: "quiz | answer … | vram qwen2.5-7b qlora | help",
} satisfies typeof english;
