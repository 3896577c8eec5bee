const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** How many sit in an interview at once; with fewer than two the first question is not asked. */
export const LEAST_MEMBERS = 2;
export const MOST_MEMBERS = 8;
/** With those who left again: whoever comes and goes all the time fills no dossier. */
export const MOST_SEATS = 24;

export const MOST_QUESTIONS = 20;
/** Minutes for a question. */
export const DEFAULT_MINUTES = 5;
export const MOST_MINUTES = 30;

/** How long a lobby waits for its first question. */
export const LOBBY_MS = 15 * MINUTE_MS;
/** After a question, to send what is written already and to tick key points, before it is resolved. */
export const SETTLING_MS = MINUTE_MS;
/** After so many questions in a row at which nobody did anything the interview ends. */
export const SILENT_TURNS = 2;

/** Nobody is asked what they answered within so long, as long as there is something else. */
export const REST_MS = 30 * DAY_MS;

/** Of all that is written to one question, in UTF-16 units. */
export const LONGEST_TURN = 4000;
/** Follow-up questions that the bot asks by itself at one question. */
export const BOT_FOLLOW_UPS = 2;

/** What could not be sent is tried again. */
export const RETRY_MS = 15_000;
/** A message that could not be sent for so long is of no use any more. */
export const STALE_MS = 30 * MINUTE_MS;
/** How long reports can be read. */
export const KEPT_MS = 90 * DAY_MS;
