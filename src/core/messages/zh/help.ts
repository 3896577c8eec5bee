import type { help as english } from "#core/messages/en/help";

export const help = {
  title: "命令",
  more: "不带命令的文字就是对当前题目的回答。/help vram 看某个命令的用法。",
  option: "选项",
  meaning: "含义",
  values: "可填",
  anyText: "任意文字",
  aWord: "一个词",
  examples: "例子",
} satisfies typeof english;
