import type { Button } from "#core/reply";

type Options = Readonly<Record<string, string | number | boolean>>;

const typedOf = (options: Options): string => {
  const { do: verb, here: _, ...rest } = options;
  const words = Object.entries(rest).map(([key, value]) => `${key}=${value}`);
  return ["/content", ...(verb === undefined ? [] : [verb]), ...words].join(" ");
};

/** A button of /content; with `here` its reply takes the place of the message that it stands on. */
export const contentButton = (
  label: string,
  options: Options,
  style: Button["style"] = "secondary",
): Button => ({
  label,
  action: { command: "content", options },
  typed: typedOf(options),
  style,
});

/** A button of the review of one question. */
export const reviewButton = (
  label: string,
  question: string,
  options: Options,
  style: Button["style"] = "secondary",
): Button => contentButton(label, { do: "review", question, ...options, here: true }, style);
