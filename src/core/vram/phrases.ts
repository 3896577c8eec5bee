import { describeOptions } from "#core/options";
import { vramOptions } from "./request.ts";
import { SPELLED, spelledNumber } from "./shorthands.ts";

type Phrase = readonly [RegExp, string | ((...found: string[]) => string)];

const countOf = (word: string): string => String(spelledNumber(word) ?? word);

/** What people write in several words, as the one word that an option reads. Every pattern is linear. */
const phrases: readonly Phrase[] = [
  [/的模型/gu, " "],
  [/(\d{1,4}) ?gi?b?(?:的)?(?:主机)?内存/giu, " host_ram=$1 "],
  [/(?:主机)?内存(?:是|有|为)? ?[=:]? ?(\d{1,4}) ?g(?:i?b)?(?![a-z])/giu, " host_ram=$1 "],
  [/\b(\d{1,4}) ?gi?b?(?: of)? (?:host |system |cpu |main )?ram\b/gi, " host_ram=$1 "],
  // `一张24G卡`, `24 GB of VRAM`, `24GB GPU`: the memory names the card.
  [/(\d{1,3}) ?gi?b?(?:的)? ?(?:显卡|卡|显存)/giu, "$1g "],
  [/\b(\d{1,3}) ?gi?b?(?: of)? (?:gpu memory|gpu|vram|memory|card)s?\b/gi, "$1g "],
  [/\b(?:how much )?(?:gpu memory|vram|memory)\b(?! ?[=:\d])/gi, " "],
  [/\b(?:one|a|single) (?:single )?(?:gpu|card)\b(?! ?[=:])/gi, " gpus=1 "],
  [/(\d{1,5}(?:\.\d{1,4})?) ?(?:billion|bn)(?: parameters| params)?\b/gi, "$1b"],
  [
    /(\d{1,6}(?:\.\d{1,4})?) ?亿(?:个)?(?:参数)?/gu,
    (_, n = "") => ` ${Number((Number(n) / 10).toFixed(4))}b `,
  ],
  [/[?!？！。；]/gu, " "],
  [/\b(?:rtx )?pro (\d{4})\b/gi, "gpu=rtx-pro-$1"],
  [/\b(rtx|gtx|tesla|geforce|nvidia|radeon|ascend) (?=[a-z]{0,3} ?\d)/gi, "$1-"],
  [/\b(?:nvidia|geforce|radeon)-(?=rtx|gtx|tesla|rx)/gi, ""],
  [
    /(?<![a-wyz\d])(a100|a800|h100|h800|v100|910b|l40s|4090|4080|mi300x) ?(?:pcie|sxm\d?)? ?(\d{2,3}) ?gb?\b/gi,
    "$1-$2g",
  ],
  [/\b([1-5]0[5-9]0)[ -](ti|super|d)\b(?: (super)\b)?/gi, "$1$2$3"],
  [/\b((?:rtx-?|gtx-?)?[1-5]0[5-9]0(?:-?ti)?(?:-?super)?)[ (（]{1,2}(\d{1,3}) ?gb?\b[)）]?/gi, "$1-$2g"],
  [/\b(?:apple |macbook |mac )?m([1-4]) ?(pro|max|ultra)?(?: ?(\d{1,3}) ?gb?)\b/gi, "gpu=mac$3gb"],
  [/(?<![\w=])(?:macbook|mac)(?: pro| mini| studio)? ?(\d{1,3}) ?gb?\b/gi, "gpu=mac$1gb"],
  [
    new RegExp(`([\\d]{1,4}|[${SPELLED}]) ?(?:张|块|片|卡)(?:的| )?(?=[a-z\\d])`, "giu"),
    (_, n = "") => ` ${countOf(n)}x`,
  ],
  [
    new RegExp(`([\\d]{1,4}|[${SPELLED}]) ?(?:张卡|块卡|张显卡|张|块|卡)`, "gu"),
    (_, n = "") => ` gpus=${countOf(n)} `,
  ],
  [/(^|[^\w.-])(\d{1,4}) ?(?:gpus\b|cards\b|(?:gpu|card)(?= *$))/gi, "$1gpus=$2 "],
  [/(^|[^\w.-])(\d{1,4}) ?[x×*] ?(?=\d|[a-z])/gi, "$1$2x"],
  [/\b(?:micro[- ])?batch[- ]size\b/gi, "batch"],
  [/\b(?:max )?(?:sequence|context|seq)[- ]len(?:gth)?\b|\bmax[- ]length\b/gi, "seq"],
  [/\b(?:what|which|how many) (?:gpu|card)s?\b|(?:什么|哪张|哪种|哪些|多大的?|几张)(?:显卡|卡)/giu, " "],
  [/\b(mistral|mixtral)[ -](\d{1,2}(?:x\d{1,2})?b)[ -](?:instruct[ -])?(v0\.\d)\b/gi, "$1-$2-$3"],
  // Where no other method is named, the rank's owner is the method.
  [/^(?=.*\bqlora\b)(.{0,4000}?)\blora[- ]rank\b/gi, "$1rank"],
  [/\blora[- ]rank\b/gi, "lora rank"],
  [/\bgradient[- ]accumulation(?:[- ]steps)?\b|\bgrad[- ]accum(?:ulation)?\b/gi, "accumulation"],
  [/\b(?:no|without) (?:gradient |activation )?checkpoint(?:ing)?\b/gi, "no-ckpt"],
  [/\b(?:with )?(?:gradient|activation) checkpoint(?:ing)?\b/gi, "ckpt=true"],
  [/\b(?:no|without) flash(?:[- ]attention)?\b/gi, "no-flash"],
  [/\bflash[- ]att(?:entio)?n(?:[- ]?2)?\b/gi, "flash"],
  [/\bfull[- ](?:parameter |param )?(?:fine[- ]?tun(?:e|ing)|ft|training)\b/gi, "full"],
  [/\bzero[- ]?(?:stage[- ]?)?([123])\b/gi, "zero$1"],
  [/\bzero([23])[- +]?(?:with )?(?:cpu )?offload(?:ing)?\b/gi, "zero$1-offload"],
  [/\b8[- ]?bit[- ]adamw?\b/gi, "adamw-8bit"],
  [
    /\ball(?:[- ]linear)?[- ](?:targets?|modules|layers)\b|\b(?:lora[-_ ]?)?targets?(?:_modules)? ?[=:] ?all(?:-linear)?\b|(?:所有|全部)线性层/giu,
    " targets=q,k,v,o,gate,up,down ",
  ],
  [/\bliger(?:[- ]kernel)?\b/gi, "ce=fused"],
  [/\b(bs|batch|seq|rank|ctx|len|gpus|accumulation)(?: ?(?:=|:|is|of) ?| ?)(?=\d)/gi, " $1="],
  [/\b(\d{1,7}(?:\.\d)?k?) ?(?:tokens?|context|ctx)\b/gi, "seq=$1"],
  [
    /(批大小|批次大小|批次|序列长度|上下文长度|上下文|长度|秩|梯度累积|累积步数|累积)(?:为|是|设为|=|:| )?(?=\d)/gu,
    " $1=",
  ],
];

/** Words around a question that say nothing of the run. */
const FILLERS = new Set(
  "a an and any are at base be by can chat consume consumes cost costs could card's do does enough fine-tune finetune finetuning fine-tuning fit fits for from ft get go have how i in instruct is it just many me much my need needed needs of on onto or per please possible require required requires run running should single some take takes than that the then there this to train training tune tuning under use using want we what which will with would you".split(
    " ",
  ),
);

const CHINESE_FILLERS =
  "请问 帮我 帮忙 麻烦 估算 估计 算一下 算算 一下 能不能 可不可以 可以 够不够 够吗 放得下 放不放得下 放不下 跑得动 跑得起来 能跑 能训 需要 要 用 在 上 下 的 吗 呢 呀 啊 多少 多大 显存 我 我想 想 想要 训练 微调 做 跑 能 请 来 和 以及 模型 时 时候 大概 大约 左右 单机 进行".split(
    " ",
  );

/** Every Chinese word that an option reads, and the fillers; the longest first, so that 全参微调 is not 全参 and 微调. */
function dictionary(): ReadonlyMap<string, "word" | "filler"> {
  const known = new Map<string, "word" | "filler">();
  for (const filler of CHINESE_FILLERS) known.set(filler, "filler");
  for (const { meta } of describeOptions(vramOptions)) {
    const words = [...(meta.aliases ?? []), ...Object.values(meta.words ?? {}).flat()];
    for (const word of words) if (/^\p{sc=Han}+$/u.test(word) && word !== "显存") known.set(word, "word");
  }
  return known;
}

let chinese: ReadonlyMap<string, "word" | "filler"> | null = null;
const LONGEST_WORD = 6;

/** Parts one run of Chinese characters into the words of options; fillers go, what is left is a name's. */
function segmented(run: string): string {
  chinese ??= dictionary();
  let out = "";
  for (let at = 0; at < run.length; ) {
    let length = Math.min(LONGEST_WORD, run.length - at);
    while (length > 0 && !chinese.has(run.slice(at, at + length))) length -= 1;
    const word = run.slice(at, at + Math.max(1, length));
    out += length === 0 ? word : chinese.get(word) === "word" ? ` ${word} ` : " ";
    at += word.length;
  }
  return out;
}

/**
 * A question as people ask it, as words that options read: `能用两张4090 全参微调 qwen2.5-7b 吗，长度 4k` becomes
 * `2x4090 全参微调 qwen2.5-7b 长度=4k`.
 */
export function plainWords(text: string): string {
  let line = text.normalize("NFKC").replace(/\s+/gu, " ");
  for (const [pattern, replacement] of phrases) line = line.replace(pattern, replacement as string);
  line = line.replace(/\p{sc=Han}+/gu, segmented);
  return line
    .split(" ")
    .filter((word) => word !== "" && !FILLERS.has(word.toLowerCase().replace(/[,;]$/u, "")))
    .join(" ");
}
