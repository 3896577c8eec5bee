import type { Charts, Look, Picture } from "./charts.ts";
import type { Block } from "./reply.ts";
import type { Request } from "./request.ts";
import type { Services } from "./services.ts";

/**
 * A picture beside blocks that say the same in words; nothing where the adapter shows no pictures. One that cannot be
 * drawn is logged and left out: the words around it say all of it, and they must not be lost with it.
 */
export async function pictureBeside(
  request: Request,
  { charts, log }: Services,
  draw: (charts: Charts, look: Look) => Promise<Picture>,
): Promise<Block[]> {
  if (request.pictures === false) return [];
  try {
    const picture = await draw(charts, { locale: request.locale, theme: request.theme ?? "light" });
    return [{ kind: "picture", ...picture }];
  } catch (error) {
    log.error("picture not drawn", error, { command: request.command, tenant: request.tenant });
    return [];
  }
}
