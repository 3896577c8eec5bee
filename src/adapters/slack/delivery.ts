import { z } from "zod";

const slackIdSchema = z.string().regex(/^[A-Za-z0-9]{1,40}$/);
const id = slackIdSchema;
const tsSchema = z.string().regex(/^\d{1,12}\.\d{1,8}$/);
/** Longer than anything that Slack lets a member type. */
const typedSchema = z.string().max(40_000);
const triggerSchema = z.string().min(1).max(150);
const urlSchema = z.string().max(2000);
const flagSchema = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);

/** Where a press or a form came from, and whose it is. */
const fromSchema = z.object({
  team: z.object({ id, enterprise_id: id.nullish() }).nullish(),
  enterprise: z.object({ id }).nullish(),
  is_enterprise_install: flagSchema.optional(),
  user: z.object({ id, team_id: id.optional() }),
});

const fileSchema = z.object({
  id: z.string().max(100),
  name: z.string().max(2000).nullish(),
  size: z.number().nonnegative().optional(),
  url_private_download: urlSchema.optional(),
  url_private: urlSchema.optional(),
});
/** A file on Slack's own host; nothing of it has been read. */
export type SlackFile = z.infer<typeof fileSchema>;

const commandSchema = z.object({
  command: z.string().min(2).max(100),
  text: typedSchema.default(""),
  trigger_id: triggerSchema,
  response_url: urlSchema,
  team_id: id,
  enterprise_id: id.nullish(),
  is_enterprise_install: flagSchema.optional(),
  channel_id: id,
  user_id: id,
});
export type Typed = z.infer<typeof commandSchema>;

const viewSchema = z.object({
  id: z.string().max(100),
  type: z.enum(["modal", "home"]),
  hash: z.string().max(200).default(""),
  callback_id: z.string().max(255).default(""),
  private_metadata: z.string().max(3000).default(""),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }).optional(),
});

const actionSchema = z.looseObject({
  type: z.string().max(100),
  action_id: z.string().max(255),
  block_id: z.string().max(255),
  value: z.string().max(2000).optional(),
  action_ts: z.string().max(40),
});

const pressSchema = fromSchema.extend({
  type: z.literal("block_actions"),
  trigger_id: triggerSchema,
  response_url: urlSchema.optional(),
  channel: z.object({ id }).optional(),
  container: z.object({
    type: z.string().max(100),
    message_ts: tsSchema.optional(),
    thread_ts: tsSchema.optional(),
    view_id: z.string().max(100).optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  view: viewSchema.optional(),
  actions: z.array(actionSchema).min(1).max(25),
});
export type Press = z.infer<typeof pressSchema>;

const submissionSchema = fromSchema.extend({
  type: z.literal("view_submission"),
  trigger_id: triggerSchema.optional(),
  view: viewSchema,
});
export type Submission = z.infer<typeof submissionSchema>;

const suggestionSchema = fromSchema.extend({
  type: z.literal("block_suggestion"),
  action_id: z.string().max(255),
  block_id: z.string().max(255),
  value: typedSchema.default(""),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

const shortcutSchema = fromSchema.extend({
  type: z.literal("message_action"),
  callback_id: z.string().max(255),
  trigger_id: triggerSchema,
  response_url: urlSchema,
  action_ts: z.string().max(40).optional(),
  channel: z.object({ id }),
  message: z.object({
    ts: tsSchema,
    text: typedSchema.default(""),
    files: z.array(fileSchema).max(50).default([]),
  }),
});
export type Shortcut = z.infer<typeof shortcutSchema>;

const ignoredSchema = z.object({ type: z.enum(["view_closed", "shortcut"]) });

const writtenSchema = z.object({
  type: z.enum(["app_mention", "message"]),
  subtype: z.string().max(100).optional(),
  channel_type: z.string().max(40).optional(),
  user: id.optional(),
  bot_id: z.string().max(40).optional(),
  channel: id,
  ts: tsSchema,
  thread_ts: tsSchema.optional(),
  edited: z.unknown().optional(),
  text: typedSchema.default(""),
  files: z.array(fileSchema).max(50).default([]),
});
export type Written = z.infer<typeof writtenSchema>;

const eventSchema = z.discriminatedUnion("type", [
  writtenSchema.extend({ type: z.literal("app_mention") }),
  writtenSchema.extend({ type: z.literal("message") }),
  z.object({ type: z.literal("app_home_opened"), user: id, tab: z.string().max(40).default("home") }),
  z.object({ type: z.literal("app_uninstalled") }),
  z.object({ type: z.literal("tokens_revoked"), tokens: z.object({ bot: z.array(z.string()).optional() }) }),
  z.object({ type: z.literal("member_joined_channel"), channel: id, user: id }),
]);

const occasionSchema = z.object({
  type: z.literal("event_callback"),
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  event_id: z.string().max(100),
  event_time: z.number().optional(),
  authorizations: z
    .array(
      z.object({
        team_id: id.nullish(),
        enterprise_id: id.nullish(),
        is_enterprise_install: z.boolean().default(false),
      }),
    )
    .max(20)
    .optional(),
  event: eventSchema,
});
/** An event: what somebody wrote, or what has become of the app. */
export type Occasion = z.infer<typeof occasionSchema>;

/** What Slack delivers as far as we read it; of what is not asked for, nothing is kept. */
export const deliverySchema = z.union([
  z.discriminatedUnion("type", [
    pressSchema,
    submissionSchema,
    suggestionSchema,
    shortcutSchema,
    occasionSchema,
    ignoredSchema,
  ]),
  commandSchema.extend({ type: z.undefined().optional() }),
]);
type Sender = z.infer<typeof fromSchema>;

/** The workspace of a press or a form; null where Slack names none. */
export function workspaceIn({ team, enterprise, user, is_enterprise_install: isOrg }: Sender): {
  readonly team: string;
  readonly enterprise: string | null;
} | null {
  // Installed for all of an organisation, Slack may name the member's workspace alone.
  const id = team?.id ?? user.team_id;
  if (id === undefined) return null;
  return { team: id, enterprise: isOrg === true ? (enterprise?.id ?? team?.enterprise_id ?? null) : null };
}

export const workspaceOfCommand = ({
  team_id: team,
  enterprise_id,
  is_enterprise_install: isOrg,
}: Typed) => ({
  team,
  enterprise: isOrg === true ? (enterprise_id ?? null) : null,
});

/** The workspace of an event; its team is null where it is about the app in a whole organisation. */
export function workspaceOfEvent({ team_id, enterprise_id, authorizations }: Occasion): {
  readonly team: string | null;
  readonly enterprise: string | null;
} {
  const [authorized] = authorizations ?? [];
  const isOrg = authorized?.is_enterprise_install === true;
  return {
    team: authorized?.team_id ?? team_id ?? null,
    enterprise: isOrg ? (authorized.enterprise_id ?? enterprise_id ?? null) : null,
  };
}
