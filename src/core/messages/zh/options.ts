import type { options as english } from "#core/messages/en/options";
import type { Allowed } from "#core/option-values";

const figure = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 20 });

function numbers({ range }: Allowed): string {
  if (range === null) return "";
  const { whole, least, most } = range;
  const kind = whole ? "整数" : "数字";
  if (least !== null && most !== null) return `${figure(least)} 到 ${figure(most)} 的${kind}`;
  return least === null ? kind : `不小于 ${figure(least)} 的${kind}`;
}

function takes(allowed: Allowed): string {
  const { choices } = allowed;
  const words = choices.slice(0, 24).join("、") + (choices.length > 24 ? "……" : "");
  return [words, numbers(allowed)].filter((part) => part !== "").join("，或");
}

const sentence = (allowed: Allowed): string => (takes(allowed) === "" ? "" : `可填：${takes(allowed)}。`);

const short = (word: string): string => (word.length <= 60 ? word : `${word.slice(0, 57)}…`);

export const options = {
  takes,
  unknownPart: (part, suggestion) =>
    `没看懂“${short(part)}”。${suggestion === null ? "选项请写成 key=value，比如 bs=4。" : `你是想写“${suggestion}”吗？`}`,
  badValue: (option, given, allowed, suggestion) =>
    given === ""
      ? `${option} 后面缺一个值。${sentence(allowed)}`
      : `${option} 不能是“${short(given)}”。${suggestion === null ? "" : `你是想写“${suggestion}”吗？`}${sentence(allowed)}`,
  missing: (option) => `缺少 ${option}。`,
  tooSmall: (option, given, least) => `${option} 填了 ${short(given)}，最小是 ${least}。`,
  tooBig: (option, given, most) => `${option} 填了 ${short(given)}，最大是 ${most}。`,
  tooManyWords: (count, most) => `一共 ${count} 个词，一条命令最多 ${most} 个。是不是想发给别的命令？`,
  tooLong: (length, most) => `一共 ${length} 个字符，这条命令最多收 ${most} 个。是不是想发给别的命令？`,
} satisfies typeof english;
