/** What stands where something secret stood. */
export const REMOVED = "[removed]";

/**
 * Forms in which secrets come, whoever they belong to. Each part has a bound, so that a hostile text is read in linear
 * time.
 */
const forms: readonly (readonly [form: RegExp, instead: string])[] = [
  // Slack's tokens: bot, user, app-level, refresh, configuration.
  [/\bxox[a-z](?:\.xox[a-z])?-[\w-]{6,}|\bxapp-[\w-]{6,}/g, REMOVED],
  // A bot's token on Discord: its id, a time, a signature.
  [/[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g, REMOVED],
  // Whoever has these addresses may speak in the bot's name.
  [/\b(hooks\.slack\.com\/)[\w/-]+/g, `$1${REMOVED}`],
  [/(\/(?:webhooks|interactions)\/\d{1,20}\/)[\w-]{10,}/g, `$1${REMOVED}`],
  // A user and a password in an address.
  [/(:\/\/)[^\s/"'<>]{0,1000}@/g, `$1${REMOVED}@`],
  [/\b(bearer)\s{1,5}[\w.~+/=-]{6,}/gi, `$1 ${REMOVED}`],
  [/(authorization[\s"'\\:=,[]{1,12}basic)\s{1,5}[\w.~+/=-]+/gi, `$1 ${REMOVED}`],
  // A login without its header: "basic" is a word as well, and Slack calls a menu Basic Information.
  [
    /\b([Bb][Aa][Ss][Ii][Cc])\s{1,5}(?:(?=[A-Za-z_+/-]{0,1000}[\d=])[\w+/=-]{8}|(?=[A-Za-z+/][a-z+/]{0,1000}[A-Z])[A-Za-z+/]{8})[\w.~+/=-]*/g,
    `$1 ${REMOVED}`,
  ],
  [/\b(Bot)\s{1,5}[\w.-]{20,}/g, `$1 ${REMOVED}`],
  [/\bsk-[\w-]{12,}/g, REMOVED],
  // 32 bytes in base64, as keys that seal tokens are; and the signature of a delivery.
  [/(?<![\w+/])[\w+/-]{43}=(?!=)/g, REMOVED],
  [/\bv0=[0-9a-f]{64}\b/g, REMOVED],
  [/\b(eyJ[\w-]{5,100})\.[\w-]{5,2000}\.[\w-]{5,2000}/g, REMOVED],
];

/** Takes what is secret out of a text. */
export type Redact = (text: string) => string;

/** A secret as it stands in other texts: within an address, or within JSON. */
const spellings = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
];

/**
 * Makes what takes secrets out of a text: those of this installation by themselves, and others by their form.
 *
 * @param secrets of this installation; what is shorter than six characters would be found everywhere
 */
export function redactionOf(secrets: readonly string[] = []): Redact {
  const own = [...new Set(secrets.filter(({ length }) => length >= 6).flatMap(spellings))].toSorted(
    (one, other) => other.length - one.length,
  );
  return (text) => {
    let redacted = text;
    for (const secret of own) redacted = redacted.replaceAll(secret, REMOVED);
    for (const [form, instead] of forms) redacted = redacted.replace(form, instead);
    return redacted;
  };
}

/** What a defect says of itself, for standard error: Node itself would print all that a library put into it. */
export const defectOf = (error: unknown): string =>
  redactionOf()(error instanceof Error ? (error.stack ?? error.message) : String(error));
