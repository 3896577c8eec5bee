import type { Messages } from "#core/messages/index";
import { drawUp, ROUNDING_GIB } from "./account.ts";
import { shortfall } from "./arithmetic.ts";
import { type Finding, splitNames } from "./finding.ts";
import type { Figures } from "./kinds.ts";
import { ABSURD_GIB } from "./quantities.ts";

/** Two decimals, or as many as show that a small size is not nothing. */
export const showGib = (gib: number): string => {
  if (gib === 0 || Math.abs(gib) >= 0.01) return gib > 1e6 ? gib.toExponential(1) : gib.toFixed(2);
  return Math.abs(gib) < 1e-4 ? "<0.0001" : gib.toFixed(4);
};

const requestSentence = (figures: Figures, say: Messages["oom"]): string | null => {
  const { tried, free } = figures;
  if (tried === null) return null;
  if (tried > ABSURD_GIB) return say.absurd(showGib(tried));
  const short = shortfall(figures);
  if (short !== null) return say.askedShort(showGib(tried), showGib(short));
  return free === null ? say.asked(showGib(tried)) : say.askedWithRoom(showGib(tried), showGib(free));
};

/** The sum that shows the case, as one line; null where the message states no size. */
export const sumLine = (figures: Figures, say: Messages["oom"]): string | null => {
  const account = drawUp(figures);
  const sentences: (string | null)[] = [];
  if (account) {
    const parts = [
      say.free(showGib(account.free)),
      say.yours(showGib(account.yours)),
      say.idle(showGib(account.idle)),
      ...(account.others > 0 ? [say.others(showGib(account.others))] : []),
      say.rest(showGib(account.rest)),
    ];
    sentences.push(say.total(showGib(account.total), parts.join(" + ")));
    if (account.rest < -ROUNDING_GIB) sentences.push(say.contradictory);
  }
  if (!account && figures.total !== null && figures.allocated !== null && figures.others !== null) {
    sentences.push(say.cap(showGib(figures.total), showGib(figures.allocated), showGib(figures.others)));
  }
  sentences.push(requestSentence(figures, say));
  if (figures.fittingTokens !== null) sentences.push(say.fitting(figures.fittingTokens));
  const said = sentences.filter((sentence) => sentence !== null);
  return said.length > 0 ? said.join(say.space) : null;
};

/** What it is not, as far as the numbers or the kind of memory rule it out; null where nothing is ruled out. */
export const notLine = (finding: Finding, say: Messages["oom"]): string | null => {
  const [kind] = splitNames(finding);
  const { total, free, reserved, others } = finding.figures;
  const alone = total !== null && free !== null && reserved !== null && others === null;
  return kind === "gpu_device" && alone ? say.noOthers : say.isNot[kind];
};
