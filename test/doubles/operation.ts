import type { Operation, Queue, StoreFacts } from "#core/operation";

/** A process that knows of itself what a test says. */
export function operationWith(
  store: Partial<StoreFacts> = {},
  more: Partial<Operation> = {},
): Operation & { readonly added: Queue[] } {
  const added: Queue[] = [];
  return {
    startedAt: Date.UTC(2026, 10, 21, 20, 48),
    release: "1.2.3",
    zones: "2026c",
    store: async () => ({
      kind: "redis",
      durability: "replicated",
      warnings: [],
      layout: 1,
      processes: 3,
      ...store,
    }),
    judge: () => null,
    queues: () => added,
    addQueue: (queue) => void added.push(queue),
    added,
    ...more,
  };
}
