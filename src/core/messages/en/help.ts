export const help = {
  title: "Commands",
  more: "Text without a command is your answer to the open question. /help vram explains one command.",
  option: "option",
  meaning: "meaning",
  values: "takes",
  anyText: "text, as long as you like",
  aWord: "a word",
  examples: "Examples",
};
