// Every repetition in these patterns is bounded, or ends at the line's end.
/** Statements, calls, assignments, comments, commands and tags, whatever the language is. */
const SIGNS: readonly RegExp[] = [
  /[;{}]\s{0,4}$|\{[^{}]{0,200}$|^[\s()[\]{}<>;,]{1,20}$|\\$/u,
  /^(?:\/\/|\/\*|\*\/|#!|>>> |\.\.\. |\$ |<!--)/u,
  /^@[\w.]{2,60}(?:\(|$)/u,
  /^[\w.$]{1,80}(?:\[[^\]]{0,80}\])?(?:, ?[\w.$]{1,40}){0,4}\s?(?:[-+*/|&]?=|:=|<-)\s?\S/u,
  /^(?:(?:await|new|yield|return|print|raise|throw) )?[\w.$]{0,80}[\w$]\(.{0,400}\)(?:\.[\w$]{1,40}\(.{0,200}\))*[;,:]?(?:\s{1,8}(?:#|\/\/).{0,400})?$/u,
  /^(?:import [\w.]{1,80}(?: as \w{1,40})?(?:, ?[\w.]{1,80}){0,6}|import [\w*{}, ]{1,100} from ["'].{1,100}|from [\w."'/-]{1,100} import .{1,200})$/u,
  /^(?:async |export |public |private |static |final ){0,3}(?:def|class|func|fn|function|const|let|var|struct|interface|enum|type|namespace|void|int|float|string|bool)\s.{0,300}[({=:;].{0,300}$/u,
  /^(?:if|for|while|with|try|else|elif|except|finally|switch|case|do)\b.{0,200}[:{]$/u,
  /^(?:return|del|yield|raise|throw|global|assert)(?: [\w.()[\]"'+*/-]{1,60}){1,3}$|^(?:pass|break|continue|return|end|fi|done)$/u,
  /^(?:sudo )?(?:pip3?|npm|npx|yarn|pnpm|docker|kubectl|git|curl|wget|apt|apt-get|cd|ls|export|echo|python3?|torchrun|bash|cargo|helm|ssh|redis-cli|psql|mysql|conda|uv|vllm|deepspeed|accelerate|nvidia-smi|mkdir|rm|cp|mv|grep|chmod)(?: [\w./$"'=:@~{}-]{1,120}){1,20}$/u,
  /^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|FROM|WHERE|GROUP BY|ORDER BY|(?:LEFT |INNER )?JOIN|LIMIT)\s/u,
  /^<\/?[a-zA-Z][^<>]{0,300}>.{0,200}$|^["'][\w-]{1,60}["']\s?:\s/u,
];
/** Of one line alone an equation is as often what is to be learned. */
const EQUATION = /^[\w.$]{1,40}(?: [\w.$]{1,40}){0,3} ?= ?[^()[\]{};"'_#]{1,200}$/u;
const COMMENT = /^(?:#|\/\/|--|\/\*|\*)\s/u;
const SETTING = /^(?:- )?[a-z_][\w.-]{0,60}:(?:\s[^\s:：,，。.;；]\S{0,60}){0,3}$/u;
const VALUE = /:\s(?:[\d"'[{~/]|true\b|false\b|null\b)|:$/u;
/** Entries of a list within another. */
const LIST = /^(?:[*+•-]|\d{1,3}[.)、])\s/u;
/** A line of more Chinese than code is a sentence, a comment aside. */
const SENTENCE = /[。！？]$|^\p{Script=Han}.{0,400}\p{Script=Han}$/u;

/** Whether a line reads as code. */
export const readsAsCode = (line: string): boolean => {
  const text = line.trim().slice(0, 500);
  return !SENTENCE.test(text) && SIGNS.some((sign) => sign.test(text));
};

/** Whether a line could be a comment among code: `# frees the blocks`. */
export const mayBeComment = (line: string): boolean => COMMENT.test(line.trim());

/** Whether all of some lines set something: `replicas: 3`. */
const areSettings = (lines: readonly string[]): boolean =>
  lines.length > 1 && lines.every((line) => SETTING.test(line)) && lines.some((line) => VALUE.test(line));

/** Whether some lines are a piece of code: most of them read so, or all are settings. */
export function areCode(lines: readonly string[]): boolean {
  const said = lines.map((line) => line.trim()).filter((line) => line !== "" && !mayBeComment(line));
  const [first] = said;
  if (first === undefined) return false;
  if (areSettings(said)) return true;
  if (LIST.test(first) || (lines.length === 1 && EQUATION.test(first))) return false;
  return said.filter(readsAsCode).length * 2 >= said.length;
}
