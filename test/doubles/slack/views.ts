import type { Json } from "./json.ts";
import { textIn } from "./json.ts";

/** A view that a member has, or had, before them. */
export interface View {
  readonly id: string;
  readonly type: "modal" | "home";
  readonly workspaceId: string;
  readonly memberId: string;
  /** Where the member was when the first of its stack opened; null for a home. */
  readonly channelId: string | null;
  /** As the service shows it to the app. */
  json: Json;
  isOpen: boolean;
}

/** Open modals and homes. */
export class Views {
  readonly #all = new Map<string, View>();
  /** By member, oldest first; what was closed is left out as soon as somebody looks. */
  readonly #modals = new Map<string, readonly View[]>();
  readonly #homes = new Map<string, View>();

  add(view: View): View {
    this.#all.set(view.id, view);
    if (view.type === "home") this.#homes.set(view.memberId, view);
    else this.#modals.set(view.memberId, [...this.stack(view.memberId), view]);
    return view;
  }

  get(id: string): View | undefined {
    return this.#all.get(id);
  }

  byExternalId(workspaceId: string, externalId: string): View | undefined {
    return [...this.#all.values()].find(
      (view) => view.workspaceId === workspaceId && textIn(view.json.external_id) === externalId,
    );
  }

  /** A member's modals, the one on top last. */
  stack(memberId: string): readonly View[] {
    const open = (this.#modals.get(memberId) ?? []).filter(({ isOpen }) => isOpen);
    this.#modals.set(memberId, open);
    return open;
  }

  home(memberId: string): View | undefined {
    return this.#homes.get(memberId);
  }
}
