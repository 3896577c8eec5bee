import type { Command } from "./command.ts";
import { createDispatch, type Dispatch } from "./dispatch.ts";
import { cancelErasure } from "./erasure/tenant.ts";
import { planTexts } from "./erasure/texts.ts";
import type { TenantId } from "./ids.ts";
import { withInbox } from "./inbox.ts";
import { limitingWith } from "./limits/limiting.ts";
import { messagesFor } from "./messages/index.ts";
import { platformOf } from "./metrics/meter.ts";
import { type Reply, refusalReply } from "./reply.ts";
import type { Request } from "./request.ts";
import type { Services } from "./services.ts";

const MOST_KNOWN = 10_000;

/**
 * Has old answers of a tenant looked for every day from its first command on, once a process and tenant; and what was
 * to be erased because the bot was taken out is kept where somebody asks it something.
 */
function planning({
  store,
  clock,
  log,
}: Pick<Services, "store" | "clock" | "log">): (tenant: TenantId) => void {
  const planned = new Set<TenantId>();
  return (tenant) => {
    if (planned.has(tenant)) return;
    if (planned.size >= MOST_KNOWN) planned.clear();
    planned.add(tenant);
    Promise.all([planTexts(tenant, { store, clock }), cancelErasure(tenant, { store })]).catch(
      (error: unknown) => {
        planned.delete(tenant);
        log.error("how long a tenant's data is kept could not be planned", error, { tenant });
      },
    );
  };
}

/**
 * The way from a request to a reply for everybody who comes from outside: no more than the limits say, nothing that was
 * sent before its member's data was deleted (a delivery that comes late, or again, brings nothing back), then the command,
 * then what was left for the member.
 */
export function guardedDispatch(
  commands: readonly Command[],
  services: Services,
  before?: (request: Request) => Promise<void>,
): Dispatch {
  const dispatch = withInbox(createDispatch(commands, services, before), services);
  const limiting = limitingWith(services);
  const plan = planning(services);
  const isErased = async ({ tenant, member, sentAt }: Request): Promise<boolean> => {
    try {
      return sentAt <= ((await services.store.erasedAt(tenant, member)) ?? -1);
    } catch {
      // A store that cannot be read is not written to either; a look-up needs none, and the command says what does.
      return false;
    }
  };
  const names = new Set(commands.map(({ name }) => name));
  const shed = (request: Request, reply: Reply): Reply => {
    const command = names.has(request.command) ? request.command : "unknown";
    services.meter?.count("interactions", { platform: platformOf(request.tenant), command, outcome: "shed" });
    return reply;
  };
  return async (request) => {
    const known = limiting.known(request);
    if (known !== null) return shed(request, known);
    const [refusal, erased] = await Promise.all([limiting.ask(request), isErased(request)]);
    if (refusal !== null) return shed(request, refusal);
    if (erased) return refusalReply(messagesFor(request.locale).data.sentBefore);
    const reply = await dispatch(request);
    if (request.command.toLowerCase() !== "data") plan(request.tenant);
    return reply;
  };
}
