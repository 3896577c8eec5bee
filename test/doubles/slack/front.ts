import type { MovingClock } from "#test/doubles/discord/clock";
import type { Waiting } from "#test/doubles/discord/waiting";
import type { AppManifest } from "./app-manifest.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Emulate } from "./emulate.ts";
import type { FaultList } from "./faults.ts";
import type { FileHost } from "./file-host.ts";
import type { Interactions } from "./interactions.ts";
import type { Json } from "./json.ts";
import type { Messages } from "./messages.ts";
import type { Oauth } from "./oauth.ts";
import type { Captured, Ping } from "./records.ts";
import type { Sockets } from "./sockets.ts";
import type { Views } from "./views.ts";
import type { Violation } from "./violation.ts";
import type { Grant, World } from "./world.ts";

/** All that a route or a member may need. */
export interface Front {
  readonly world: World;
  readonly clock: MovingClock;
  readonly waiting: Waiting;
  readonly nextTs: () => string;
  /** An id that nothing else has: `nextId("Ev")`. */
  readonly nextId: (prefix: string) => string;
  readonly manifest: AppManifest;
  /** By workspace. */
  readonly emulates: ReadonlyMap<string, Emulate>;
  readonly messages: Messages;
  readonly views: Views;
  readonly interactions: Interactions;
  readonly deliveries: Deliveries;
  readonly sockets: Sockets;
  readonly oauth: Oauth;
  readonly fileHost: FileHost;
  readonly faults: FaultList;
  readonly captured: Captured[];
  readonly pings: Ping[];
  readonly appToken: string;
  /** chat.postMessage per second and channel. */
  readonly postsPerSecond: number;
  /** How long a picture cannot be shown yet after it was uploaded. */
  readonly fileReadyMs: number;
  /** The origin that the API is served from. */
  origin: string;
}

/** A call of a method by somebody whose token is good for it. */
export interface Call {
  readonly method: string;
  readonly args: Json;
  readonly grant: Grant;
  /** What is taken and not nice. */
  readonly manners: Violation[];
}

export type Method = (front: Front, call: Call) => Promise<Json>;

export const emulateOf = ({ emulates }: Front, workspaceId: string): Emulate => {
  const emulate = emulates.get(workspaceId);
  if (emulate === undefined) throw new Error(`there is no workspace ${workspaceId}`);
  return emulate;
};
