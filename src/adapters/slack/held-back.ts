import { z } from "zod";
import type { Log } from "#core/ports";

const TYPE = "app_rate_limited";
const noticeSchema = z.object({
  type: z.literal(TYPE),
  team_id: z.string().max(40).optional(),
  minute_rate_limited: z.number().optional(),
});
const frameSchema = z.looseObject({
  type: z.literal("events_api"),
  payload: z.looseObject(noticeSchema.shape),
});

/**
 * Slack's notice that it holds back events of a workspace, as a frame that the library can read: it comes without an
 * event, for which socket-mode 3.1.0 throws before anybody could acknowledge it. Everything else as it is.
 */
export function readable(frame: unknown): unknown {
  if (typeof frame !== "string" || frame.length > 2000 || !frame.includes(TYPE)) return frame;
  try {
    const { payload, ...envelope } = frameSchema.parse(JSON.parse(frame));
    return JSON.stringify({ ...envelope, payload: { ...payload, event: { type: TYPE } } });
  } catch (error) {
    // A member's words may hold the name of it.
    if (error instanceof z.ZodError || error instanceof SyntaxError) return frame;
    throw error;
  }
}

/** Whether it is that notice; what was held back never comes, so that the operator reads of it. */
export function isHeldBack(body: unknown, log: Log): boolean {
  const { success, data } = noticeSchema.safeParse(body);
  if (!success) return false;
  log.warn("Slack holds back events: more than it delivers within an hour", {
    team: data.team_id,
    minute: data.minute_rate_limited,
  });
  return true;
}
