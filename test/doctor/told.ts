import { messagesFor } from "#core/messages/index";
import type { Finding } from "#src/doctor/finding";

/** Findings as an operator reads them: their state, then the sentence. Both languages must have one. */
export const toldBy = (findings: readonly Finding[]): string[] =>
  findings.map(({ state, sentence }) => {
    if (!/[\p{Script=Han}，。]|^[\x20-\x7e]+$/u.test(sentence(messagesFor("zh"))))
      throw new Error("no Chinese");
    return `${state} ${sentence(messagesFor("en"))}`;
  });
