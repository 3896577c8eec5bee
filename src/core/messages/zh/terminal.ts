import type { terminal as english } from "#core/messages/en/terminal";

export const terminal = {
  colon: "：",
  quoted: (quote) => `“${quote}”`,
  welcome: "Rehearsal。直接输入你的回答（中文、英文、混着写都行），按回车发送。",
  promptHelp: (close) =>
    `/hint 要提示，${close} 收卷看全部要点，/help 看所有命令，/lang en 切换英文，/quit 退出。`,
  languageIs: "接下来用中文。",
  languageUnknown: (typed) =>
    typed === "" ? "要哪种语言？/lang zh 或 /lang en。" : `/lang 后面填 zh 或 en，“${typed}”不行。`,
  savedAs: (path) => `已保存到 ${path}`,
  youAre: (name) => `现在以 ${name} 的身份输入，/as 名字 可以换人。`,
  asked: (question, late) =>
    `${late ? "今天的题来晚了一点" : "今天的题来了"}：${question} 输入 /quiz 开始答；在那之前输入的内容仍算上一题的。`,
  bye: "明天见。",
  empty: "这一行是空的，什么都没发出去。",
} satisfies typeof english;
