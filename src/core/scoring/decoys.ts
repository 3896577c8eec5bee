import type { Bilingual } from "#core/language";
import { hashOf } from "./glossary.ts";
import type { BriefedPoint } from "./judge.ts";

/**
 * Statements in the manner of key points that no answer makes, because nobody believes them. A judge that finds one of
 * them in an answer did not read it, or did as the answer told it.
 */
const decoys: readonly { readonly word: string; readonly statement: Bilingual }[] = [
  {
    word: "odd-seed",
    statement: {
      zh: "随机种子必须是奇数，而且等于显卡风扇的叶片数。",
      en: "The random seed has to be odd and equal to the number of blades of the card's fan.",
    },
  },
  {
    word: "font-width",
    statement: {
      zh: "训练日志所用字体的宽度决定优化器的收敛阶数。",
      en: "The width of the font in which the training log is shown sets the optimiser's order of convergence.",
    },
  },
  {
    word: "tide-table",
    statement: {
      zh: "检查点只能在机房所在地退潮时保存，否则权重会左右颠倒。",
      en: "Checkpoints may be saved only at low tide where the data centre stands, or the weights are mirrored.",
    },
  },
  {
    word: "vowel-quota",
    statement: {
      zh: "词表里元音字母开头的词元占比要恰好等于学习率的倒数。",
      en: "The share of tokens that begin with a vowel has to equal the reciprocal of the learning rate exactly.",
    },
  },
  {
    word: "cable-colour",
    statement: {
      zh: "网线的颜色要按注意力头的编号轮换，梯度才不会互相抵消。",
      en: "Network cables change colour with the number of the attention head, so that gradients do not cancel.",
    },
  },
  {
    word: "alphabet-order",
    statement: {
      zh: "样本要按作者姓氏笔画排序，损失函数才处处可导。",
      en: "Samples are sorted by their author's surname, which makes the loss differentiable everywhere.",
    },
  },
  {
    word: "leap-year",
    statement: {
      zh: "闰年训练的模型层数要减去二月的天数。",
      en: "A model trained in a leap year has as many layers fewer as February has days.",
    },
  },
  {
    word: "echo-room",
    statement: {
      zh: "把机箱对着墙摆放，激活值会被反射回来再用一遍。",
      en: "With the machine facing a wall, activations are reflected and can be used a second time.",
    },
  },
];

/**
 * Hides one decoy among the points. Which one, its id and its place look random, cannot be known to the author of an
 * answer beforehand, and are the same for the same answer.
 */
export function hideDecoy(
  points: readonly BriefedPoint[],
  seed: readonly string[],
): { readonly points: readonly BriefedPoint[]; readonly decoy: string } {
  const hash = hashOf(seed);
  const chosen = decoys[Number.parseInt(hash.slice(-4), 16) % decoys.length];
  const first = points[0];
  if (chosen === undefined || first === undefined) throw new Error("a brief needs points and decoys");
  const place = Number.parseInt(hash.slice(-8, -4), 16) % (points.length + 1);
  const decoy: BriefedPoint = {
    id: `${first.id.split("-")[0]}-${chosen.word}`,
    statement: chosen.statement,
    enough: "relation",
  };
  return { points: points.toSpliced(place, 0, decoy), decoy: decoy.id };
}
