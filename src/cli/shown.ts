import type { Locale } from "#core/language";
import type { Reply } from "#core/reply";
import { zoneSchema } from "#core/round/calendar";
import { renderReply } from "#src/adapters/local/render";

/** A reply as plain text for a person: the same drawing as in the terminal, of a fixed width and without colours. */
export const shown = (reply: Reply, locale: Locale): string =>
  `${renderReply(reply, { width: 100, colour: false, locale, zone: zoneSchema.parse("UTC") })}\n`;
