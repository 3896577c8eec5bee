import { channelIdSchema, tenantIdSchema } from "#core/ids";

/** Where one of many rounds is answered, each in a tenant of its own. */
export const rushPlace = (at: number) => ({
  tenant: tenantIdSchema.parse(`discord:rush-${at}`),
  channel: channelIdSchema.parse("daily"),
});
