export const terminal = {
  colon: ": ",
  quoted: (quote: string): string => `“${quote}”`,
  welcome: "Rehearsal. Type your answer, in English, Chinese or a mix, and press Enter.",
  promptHelp: (close: string): string =>
    `/hint helps, ${close} closes the round and shows everything, /help lists the commands, /lang zh switches to Chinese, /quit leaves.`,
  languageIs: "From here on in English.",
  languageUnknown: (typed: string): string =>
    typed === "" ? "Which language? /lang zh or /lang en." : `/lang takes zh or en, not “${typed}”.`,
  savedAs: (path: string): string => `Saved as ${path}`,
  youAre: (name: string): string => `You type as ${name}. /as NAME changes that.`,
  asked: (question: string, late: boolean): string =>
    `${late ? "A little late, today's question" : "Today's question"}: ${question} /quiz shows it; what you type until then still goes to the one before.`,
  bye: "See you tomorrow.",
  empty: "Nothing was sent: the line was empty.",
};
