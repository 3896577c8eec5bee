import { z } from "zod";
import { defineCommand } from "#core/command";
import { messagesFor } from "#core/messages/index";
import { readStatus } from "#core/status/read";
import { statusReply } from "#core/status/reply";

export const status = defineCommand({
  name: "status",
  who: "admin",
  where: "everywhere",
  summary: {
    zh: "出题情况，以及存储、复评模型和排队（管理员）",
    en: "How posting went, and how store, judge and queue are (admins)",
  },
  examples: ["/status"],
  options: z.object({}),
  shorthands: [],
  run: async ({ tenant, locale }, services) => {
    const status = await readStatus(tenant, services);
    return statusReply(status, services.operation, services.clock.now(), messagesFor(locale));
  },
});
