import { REMOVED, type Redact } from "./redaction.ts";

/** Longer strings are cut: a line of the log is read by people. */
const MOST_CHARACTERS = 4000;
const MOST_DEPTH = 8;
/** Values of one line altogether. */
const MOST_VALUES = 300;

/** Facts by these names are secret, or a member's own words, whatever they hold. */
const SECRET_NAME =
  /^(?:text|answer|content|body|raw_?body|request_?body|payload|args|cookie|set-cookie|response_?url)$|token|secret|passw|authorization|credential|signature|api_?key|private_?key|seal/i;

/** What an error says of itself beside its message. Libraries put whole requests into other fields. */
const errorFields = ["code", "status", "errno", "syscall", "reason", "trouble", "where"] as const;

/** Cut before it is redacted, at a blank, so that no secret is parted in two. */
function beginningOf(text: string): string {
  if (text.length <= 2 * MOST_CHARACTERS) return text;
  const beginning = text.slice(0, 2 * MOST_CHARACTERS);
  const blank = Math.max(beginning.lastIndexOf(" "), beginning.lastIndexOf("\n"));
  return beginning.slice(0, Math.max(blank, MOST_CHARACTERS));
}

/**
 * A value as the log may hold it: plain, of bounded size, without what is secret by its name or its form. Errors keep
 * their message, their stack, what caused them, and a few short fields.
 */
export function loggable(value: unknown, redact: Redact): unknown {
  let left = MOST_VALUES;
  const seen = new Set<object>();

  const said = (text: string): string => {
    const redacted = redact(beginningOf(text));
    return redacted.length > MOST_CHARACTERS ? `${redacted.slice(0, MOST_CHARACTERS)}…` : redacted;
  };

  const errorOf = (error: Error, depth: number): Record<string, unknown> => {
    const fields = errorFields.flatMap((name): [string, unknown][] => {
      const field: unknown = Reflect.get(error, name);
      return typeof field === "string" || typeof field === "number" ? [[name, plain(field, depth)]] : [];
    });
    return {
      type: said(error.name),
      message: said(error.message),
      ...(error.stack === undefined ? {} : { stack: said(error.stack) }),
      ...Object.fromEntries(fields),
      ...(error.cause === undefined ? {} : { cause: plain(error.cause, depth + 1) }),
      ...(error instanceof AggregateError ? { errors: plain(error.errors, depth + 1) } : {}),
    };
  };

  const entriesOf = (object: object, depth: number): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(object).map(([name, field]) => [
        said(name),
        SECRET_NAME.test(name) && field !== null && field !== undefined ? REMOVED : plain(field, depth + 1),
      ]),
    );

  function plain(one: unknown, depth: number): unknown {
    if (typeof one === "string") return said(one);
    if (typeof one === "bigint" || typeof one === "symbol") return said(String(one));
    if (typeof one === "function") return "[function]";
    if (typeof one !== "object" || one === null) return one;
    left -= 1;
    if (left < 0 || depth > MOST_DEPTH) return "[more]";
    if (seen.has(one)) return "[above]";
    seen.add(one);
    if (one instanceof Error) return errorOf(one, depth);
    if (one instanceof Date) return one.toISOString();
    if (one instanceof URL) return said(one.href);
    if (ArrayBuffer.isView(one) || one instanceof ArrayBuffer) return `[${one.byteLength} bytes]`;
    if (one instanceof Set) return plain([...one].slice(0, MOST_VALUES), depth);
    if (one instanceof Map) return entriesOf(Object.fromEntries([...one].slice(0, MOST_VALUES)), depth);
    if (Array.isArray(one)) return one.slice(0, MOST_VALUES).map((each) => plain(each, depth + 1));
    return entriesOf(one, depth);
  }

  return plain(value, 0);
}
