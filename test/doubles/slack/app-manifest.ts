import { isJson, objectIn, objectsIn, textIn } from "./json.ts";
import type { Manifest } from "./options.ts";
import { eventScopes, everyScope } from "./rules.ts";

export interface Shortcut {
  readonly name: string;
  readonly callbackId: string;
  readonly type: "message" | "global";
}

/** What the app was created as. */
export interface AppManifest {
  readonly name: string;
  /** Its slash command, escaped or not; null where it has none of this name. */
  command(name: string): { readonly escapes: boolean } | null;
  /** Throws where it has none of this name. */
  shortcut(name: string, type: Shortcut["type"]): Shortcut;
  readonly botScopes: readonly string[];
  /** Whether it subscribes to the event. */
  hears(event: string): boolean;
  readonly homeTab: boolean;
  readonly messagesTab: boolean;
  readonly interactive: boolean;
  readonly redirectUrls: readonly string[];
}

const words = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const openManifest: AppManifest = {
  name: "Rehearsal",
  command: () => ({ escapes: false }),
  shortcut: (name, type) => ({ name, callbackId: name, type }),
  botScopes: everyScope,
  // What is said in channels is heard only where a manifest asks for it.
  hears: (event) => eventScopes.has(event) && !/^message\.(?:channels|groups)$/.test(event),
  homeTab: true,
  messagesTab: true,
  interactive: true,
  redirectUrls: [],
};

/** Reads what the double goes by; whether the rest would do is for Slack's own schema to say. */
export function readManifest(manifest: Manifest | undefined): AppManifest {
  if (manifest === undefined) return openManifest;
  const { display_information, features, oauth_config, settings } = manifest;
  const { slash_commands, shortcuts, app_home, bot_user } = objectIn(features);
  const commands = new Map(
    objectsIn(slash_commands).map(({ command, should_escape }) => [
      textIn(command),
      { escapes: should_escape === true },
    ]),
  );
  const known = objectsIn(shortcuts).map(
    ({ name, callback_id, type }): Shortcut => ({
      name: textIn(name),
      callbackId: textIn(callback_id),
      type: type === "message" ? "message" : "global",
    }),
  );
  const subscribed = new Set(words(objectIn(objectIn(settings).event_subscriptions).bot_events));
  const home = objectIn(app_home);
  return {
    name: textIn(objectIn(bot_user).display_name) || textIn(objectIn(display_information).name),
    command: (name) => commands.get(name) ?? null,
    shortcut(name, type) {
      const found = known.find((each) => each.name === name && each.type === type);
      if (found === undefined) throw new Error(`the app has no ${type} shortcut ${name}`);
      return found;
    },
    botScopes: words(objectIn(objectIn(oauth_config).scopes).bot),
    hears: (event) => subscribed.has(event) || event === "app_rate_limited",
    homeTab: home.home_tab_enabled === true,
    messagesTab: home.messages_tab_enabled !== false,
    interactive: isJson(objectIn(settings).interactivity)
      ? objectIn(objectIn(settings).interactivity).is_enabled === true
      : false,
    redirectUrls: words(objectIn(oauth_config).redirect_urls),
  };
}
