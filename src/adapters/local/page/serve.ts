import { once } from "node:events";
import { createServer, Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Announcements } from "#core/ports";
import { Refusal } from "#core/refusal";
import { clientOf, readClientModules } from "./client-files.ts";
import type { ClientModules } from "./client-modules.ts";
import { commandList } from "./command-list.ts";
import { Events } from "./events.ts";
import { type PageParts, pageRoutes } from "./routes.ts";

/** The page cannot be served; what to do is for the operator, who started the program. */
export class StartFailure extends Refusal {}

const HOST = "127.0.0.1";

function startFailure(error: unknown, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return new StartFailure((say) => say.page.portInUse(port), { cause: error });
  if (code === "EACCES") return new StartFailure((say) => say.page.portForbidden(port), { cause: error });
  return error;
}

export interface ServedPage {
  /** Where the page is, with its port. */
  readonly url: string;
  /** Which build it is: open tabs of another one are told to load again. */
  readonly build: string;
  /** Ends every connection, open tabs' included. */
  close(): Promise<void>;
}

/**
 * Serves the page on this machine only.
 *
 * @param port 0 for any that is free
 * @throws StartFailure where the port is taken or may not be opened
 */
export async function servePage(
  parts: PageParts & {
    readonly port: number;
    readonly announcements: Announcements;
    /** Where the client was begun to be read before, while other parts were opened. */
    readonly modules?: Promise<ClientModules>;
  },
): Promise<ServedPage> {
  const modules = await (parts.modules ?? readClientModules());
  const platforms = Object.keys(parts.previews ?? {});
  const client = clientOf(modules, JSON.stringify(commandList(parts.commands)), parts.locale, {
    platforms,
    review: parts.drafts !== undefined,
  });
  const events = new Events(client.build);
  const stopListening = parts.announcements.listen(({ kind, round }) => events.announce(kind, round.id));
  const stopHearing = parts.threads?.listen(({ name }) =>
    events.announceThread(name.kind === "member" ? name.member : null),
  );
  let port = parts.port;
  const app = pageRoutes(parts, client, events, () => port);
  const server = createAdaptorServer({ fetch: app.fetch, createServer });
  server.listen(parts.port, HOST);
  await once(server, "listening").catch((error: unknown) => {
    throw startFailure(error, parts.port);
  });
  const address = server.address();
  if (address !== null && typeof address === "object") port = address.port;
  return {
    url: new URL(`http://${HOST}:${port}`).origin,
    build: client.build,
    async close() {
      stopListening();
      stopHearing?.();
      events.close();
      const closed = once(server, "close");
      server.close();
      if (server instanceof Server) server.closeAllConnections();
      await closed;
    },
  };
}
