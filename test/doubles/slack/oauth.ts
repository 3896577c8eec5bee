import { randomBytes } from "node:crypto";
import type { Clock } from "#core/ports";
import type { AppManifest } from "./app-manifest.ts";
import { CLIENT_ID, CLIENT_SECRET, type Emulate } from "./emulate.ts";
import { type Json, textIn } from "./json.ts";
import { SlackRefusal } from "./refusal.ts";
import { everyScope, limit } from "./rules.ts";
import { type Grant, type Person, type World, workspaceById } from "./world.ts";

interface Code {
  readonly person: Person;
  readonly org: boolean;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly at: number;
}

export interface Consent {
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly state: string;
}

/** "Add to Slack": consent, codes and the tokens that they become. */
export class Oauth {
  readonly #codes = new Map<string, Code>();
  readonly #world: World;
  readonly #clock: Clock;
  readonly #manifest: AppManifest;
  readonly #emulates: ReadonlyMap<string, Emulate>;

  constructor(world: World, clock: Clock, manifest: AppManifest, emulates: ReadonlyMap<string, Emulate>) {
    this.#world = world;
    this.#clock = clock;
    this.#manifest = manifest;
    this.#emulates = emulates;
  }

  isClient = ({ client_id, client_secret }: Json): boolean =>
    client_id === CLIENT_ID && client_secret === CLIENT_SECRET;

  /** What the consent page says; throws where Slack shows an error page instead. */
  consent(query: URLSearchParams): Consent {
    if (query.get("client_id") !== CLIENT_ID) throw new SlackRefusal("invalid_client_id");
    const scopes = (query.get("scope") ?? "").split(/[ ,]+/).filter((scope) => scope !== "");
    const known = new Set([...everyScope, "chat:write.public", "chat:write.customize"]);
    const unknown = scopes.find((scope) => !known.has(scope));
    if (unknown !== undefined || scopes.length === 0) throw new SlackRefusal("invalid_scope");
    const { redirectUrls } = this.#manifest;
    const redirectUri = query.get("redirect_uri") ?? redirectUrls[0] ?? "";
    const isKnown = redirectUrls.some((url) => redirectUri === url || redirectUri.startsWith(`${url}/`));
    if (redirectUri === "" || (redirectUrls.length > 0 && !isKnown))
      throw new SlackRefusal("bad_redirect_uri");
    return { scopes, redirectUri, state: query.get("state") ?? "" };
  }

  /** The member allows it; gives the code that goes back to the app. */
  allow({ scopes, redirectUri }: Consent, person: Person, org: boolean): string {
    const { enterpriseId } = workspaceById(this.#world, person.workspaceId);
    if (org && enterpriseId === null) throw new Error("the workspace belongs to no organisation");
    const code = randomBytes(20).toString("hex");
    this.#codes.set(code, { person, org, scopes, redirectUri, at: this.#clock.now() });
    return code;
  }

  /** `oauth.v2.access` */
  async exchange(args: Json): Promise<Json> {
    if (!this.isClient(args)) throw new SlackRefusal("invalid_client_id");
    const name = textIn(args.code);
    const code = this.#codes.get(name);
    this.#codes.delete(name);
    if (code === undefined || this.#clock.now() - code.at > limit("codeMs"))
      throw new SlackRefusal("invalid_code");
    if (args.redirect_uri !== undefined && args.redirect_uri !== code.redirectUri)
      throw new SlackRefusal("bad_redirect_uri");
    const grant = await this.install(code.person, code.scopes, code.org);
    const workspace = workspaceById(this.#world, code.person.workspaceId);
    const { enterpriseId } = workspace;
    return {
      access_token: grant.token,
      token_type: "bot",
      scope: [...grant.scopes].join(","),
      bot_user_id: workspace.botUserId,
      app_id: this.#world.appId,
      team: code.org ? null : { id: workspace.id, name: workspace.name },
      enterprise: enterpriseId === null ? null : { id: enterpriseId, name: enterpriseId },
      is_enterprise_install: code.org,
      authed_user: { id: code.person.id },
    };
  }

  /** Installs the app, in one workspace or in all of its organisation's. */
  async install(person: Person, scopes: readonly string[], org: boolean): Promise<Grant> {
    const { workspaces, grants } = this.#world;
    const own = workspaceById(this.#world, person.workspaceId);
    const meant = org
      ? [...workspaces.values()].filter(({ enterpriseId }) => enterpriseId === own.enterpriseId)
      : [own];
    const known = grants.find(
      (grant) =>
        grant.state === "live" && grant.emulateTokens.has(own.id) && (grant.enterpriseId !== null) === org,
    );
    const emulateTokens = new Map<string, string>();
    for (const { id } of meant) {
      const emulate = this.#emulates.get(id);
      const admin = id === own.id ? person.id : (emulate?.members.get("admin") ?? "");
      if (emulate !== undefined) emulateTokens.set(id, await emulate.install(admin, scopes));
    }
    // Installed once more, the app keeps its token and has the scopes of both.
    if (known !== undefined) {
      for (const scope of scopes) known.scopes.add(scope);
      for (const [id, token] of emulateTokens) known.emulateTokens.set(id, token);
      return known;
    }
    const grant: Grant = {
      token: `xoxb-${randomBytes(24).toString("hex")}`,
      scopes: new Set(scopes),
      emulateTokens,
      enterpriseId: org ? own.enterpriseId : null,
      installedBy: person.id,
      state: "live",
    };
    grants.push(grant);
    return grant;
  }
}
