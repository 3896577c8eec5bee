import type { options as english } from "#core/messages/en/options";

const allowedWords = (allowed: readonly string[]): string => {
  const shown = allowed.slice(0, 24).join("、");
  return allowed.length === 0 ? "" : `可选：${shown}${allowed.length > 24 ? "……" : ""}。`;
};

const short = (word: string): string => (word.length <= 60 ? word : `${word.slice(0, 57)}…`);

export const options = {
  unknownPart: (part, suggestion) =>
    `没看懂“${short(part)}”。${suggestion === null ? "选项请写成 key=value，比如 bs=4。" : `你是想写“${suggestion}”吗？`}`,
  badValue: (option, given, allowed, suggestion) =>
    given === ""
      ? `${option} 后面缺一个值。${allowedWords(allowed)}`
      : `${option} 不能是“${short(given)}”。${suggestion === null ? "" : `你是想写“${suggestion}”吗？`}${allowedWords(allowed)}`,
  missing: (option) => `缺少 ${option}。`,
  notANumber: (option, given) => `${option} 要填数字，“${short(given)}”不是数字。`,
  tooSmall: (option, given, least) => `${option} 填了 ${short(given)}，最小是 ${least}。`,
  tooBig: (option, given, most) => `${option} 填了 ${short(given)}，最大是 ${most}。`,
  tooManyWords: (count, most) => `一共 ${count} 个词，一条命令最多 ${most} 个。是不是想发给别的命令？`,
  tooLong: (length, most) => `一共 ${length} 个字符，这条命令最多收 ${most} 个。是不是想发给别的命令？`,
} satisfies typeof english;
