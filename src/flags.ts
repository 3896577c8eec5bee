import { parseArgs } from "node:util";
import { type MemberId, memberIdSchema } from "#core/ids";
import { type Locale, localeSchema } from "#core/language";
import { Refusal } from "#core/refusal";

const options = {
  terminal: { type: "boolean" },
  as: { type: "string" },
  lang: { type: "string" },
} as const;

export interface Flags {
  /** The terminal alone, without the page. */
  readonly terminal: boolean;
  readonly member: MemberId;
  readonly locale: Locale | undefined;
}

/**
 * The member of a name as people type it; without one, whoever started the program.
 *
 * @throws Refusal for a name that is too long or cannot be printed
 */
export function memberNamed(name: string | null): MemberId {
  const member = (name ?? "you").trim();
  if (!/^[^\p{Cc}\p{Cf}\p{Cs}]{1,40}$/u.test(member)) throw new Refusal((say) => say.start.badName);
  return memberIdSchema.parse(member);
}

/**
 * Reads what stood behind `npm start --`.
 *
 * @throws Refusal that names what it does not know
 */
export function readFlags(argv: readonly string[]): Flags {
  const { values, tokens } = parseArgs({ args: [...argv], strict: false, tokens: true, options });
  for (const token of tokens) {
    const flag = token.kind === "option" ? token.rawName : token.kind === "positional" ? token.value : null;
    if (flag !== null && !(token.kind === "option" && Object.hasOwn(options, token.name))) {
      throw new Refusal((say) => say.start.unknownFlag(flag));
    }
  }
  const locale = localeSchema.safeParse(values.lang);
  if (values.lang !== undefined && !locale.success) {
    throw new Refusal((say) => say.start.badLanguage(String(values.lang)));
  }
  if (values.as === true) throw new Refusal((say) => say.start.badName);
  return {
    terminal: values.terminal === true,
    member: memberNamed(typeof values.as === "string" ? values.as : null),
    locale: locale.data,
  };
}
