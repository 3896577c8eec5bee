import type { Locale } from "#core/language";
import type { Messages } from "#core/messages/index";
import { type Block, privateReply, type Reply } from "#core/reply";
import { drawUp, ROUNDING_GIB } from "./account.ts";
import { orderFixes, snippetFor } from "./advice.ts";
import { idleCache, shortfall } from "./arithmetic.ts";
import { splitNames } from "./diagnosis.ts";
import { type Examination, examine } from "./examination.ts";
import type { Figures } from "./kinds.ts";
import { ABSURD_GIB } from "./quantities.ts";
import type { Fix, Remedies } from "./remedies.ts";

const MAX_FIXES_IN_CHAT = 3;

/** Two decimals, or as many as show that a small size is not nothing. */
const show = (gib: number): string => {
  if (gib === 0 || Math.abs(gib) >= 0.01) return gib > 1e6 ? gib.toExponential(1) : gib.toFixed(2);
  return Math.abs(gib) < 1e-4 ? "<0.0001" : gib.toFixed(4);
};

const sumLine = (figures: Figures, say: Messages["oom"]): string | null => {
  const { tried, free } = figures;
  const account = drawUp(figures);
  const short = shortfall(figures);
  const sentences: string[] = [];
  if (account) {
    const parts = [
      say.free(show(account.free)),
      say.yours(show(account.yours)),
      say.idle(show(account.idle)),
      ...(account.others > 0 ? [say.others(show(account.others))] : []),
      say.rest(show(account.rest)),
    ];
    sentences.push(say.total(show(account.total), parts.join(" + ")));
    if (account.rest < -ROUNDING_GIB) sentences.push(say.contradictory);
  }
  if (!account && figures.total !== null && figures.allocated !== null && figures.others !== null) {
    sentences.push(say.cap(show(figures.total), show(figures.allocated), show(figures.others)));
  }
  if (tried !== null) {
    if (tried > ABSURD_GIB) sentences.push(say.absurd(show(tried)));
    else if (short !== null) sentences.push(say.askedShort(show(tried), show(short)));
    else if (free !== null) sentences.push(say.askedWithRoom(show(tried), show(free)));
    else sentences.push(say.asked(show(tried)));
  }
  return sentences.length > 0 ? sentences.join(say.space) : null;
};

const uselessLine = (examined: Examination, remedies: Remedies, say: Messages["oom"], locale: Locale) => {
  const stated = remedies.cases[examined.names].useless?.[locale];
  const idle = idleCache(examined.figures);
  const segments =
    examined.names.startsWith("gpu_device/") && !examined.fragmented && idle !== null
      ? idle < 1
        ? say.idleTooSmall(show(idle))
        : say.idleCannotCover(show(idle))
      : null;
  const lines = [stated, stated?.includes("expandable_segments") ? null : segments].filter(
    (line) => line != null,
  );
  return lines.length > 0 ? lines.join(say.semicolon) : null;
};

const fixLine = (fix: Fix, examined: Examination, say: Messages["oom"], locale: Locale): string => {
  const saved = fix.saves[locale];
  // A dash stands where there is nothing to weigh.
  const line =
    saved === "—" ? say.plainFix(fix.title[locale]) : say.fix(fix.title[locale], saved, fix.cost[locale]);
  const snippet = snippetFor(fix, examined.text);
  return snippet === null ? line : say.withSnippet(line, snippet.replaceAll("\n", ", "));
};

const firstLine = (examined: Examination, device: string, what: string, say: Messages["oom"]): string => {
  const [kind] = splitNames(examined);
  if (kind === "unknown") return say.cannotTell(what);
  const sure = say.confidence[examined.confidence];
  return kind === "none" ? say.notMemory(what, sure) : say.memory(device, what, sure);
};

/** The five lines of a diagnosis: memory and how sure, the sum, three fixes, what is useless here, what to send. */
export const explain = (text: string, remedies: Remedies, messages: Messages, locale: Locale): Reply => {
  const say = messages.oom;
  const examined = examine(text, remedies.words);
  const [kind] = splitNames(examined);
  const known = remedies.cases[examined.names];
  const { figures } = examined;
  const device =
    kind === "gpu_device" && figures.device !== null ? say.device(figures.device) : say.kinds[kind];
  const blocks: Block[] = [{ kind: "text", text: firstLine(examined, device, known.what[locale], say) }];
  const sum = sumLine(figures, say);
  if (sum) blocks.push({ kind: "text", text: say.sum(sum) });
  const fixes = orderFixes(examined, remedies).slice(0, MAX_FIXES_IN_CHAT);
  if (fixes.length > 0) {
    blocks.push({ kind: "text", text: say.tryFirst });
    blocks.push({
      kind: "list",
      ordered: true,
      items: fixes.map((fix) => fixLine(fix, examined, say, locale)),
    });
  }
  if (examined.fragmented) {
    const headroom = (figures.free ?? 0) + (idleCache(figures) ?? 0) - (figures.tried ?? 0);
    blocks.push({ kind: "note", text: say.headroom(show(headroom)) });
  }
  const useless = uselessLine(examined, remedies, say, locale);
  if (useless) blocks.push({ kind: "note", text: say.useless(useless) });
  const question = remedies.questions[known.send][locale];
  const unknown = kind === "unknown" || examined.unsure;
  blocks.push({ kind: "note", text: unknown ? say.ask(question) : say.send(question) });
  return privateReply(...blocks);
};

/** What to try when memory runs out, in order of usefulness, with the source document put right. */
export const showPlaybook = (remedies: Remedies, messages: Messages, locale: Locale): Reply => {
  const say = messages.oom;
  const items = remedies.playbook.map(({ title, right, wrong }) =>
    say.remedy(title[locale], right[locale], wrong ? wrong[locale] : null),
  );
  return privateReply(
    { kind: "heading", text: say.playbook },
    { kind: "list", ordered: true, items },
    { kind: "note", text: say.pasteIt },
  );
};
