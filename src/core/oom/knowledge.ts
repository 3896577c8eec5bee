import type { Locale } from "#core/language";
import type { Messages } from "#core/messages/index";
import type { ModelCatalogue } from "#core/vram/catalogue";
import type { Remedies } from "./remedies.ts";

/** What an answer is made from: what /oom and /vram know, and the reader's language. */
export interface Knowledge {
  readonly remedies: Remedies;
  readonly models: ModelCatalogue;
  readonly messages: Messages;
  readonly locale: Locale;
}
