import { SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadRemedies } from "#src/content/remedies";

export const remedies = loadRemedies(SHIPPED_CONTENT);
export const models = loadModels(SHIPPED_CONTENT);

interface Card {
  readonly tried: string;
  readonly total: string;
  readonly free: string;
  readonly allocated: string;
  readonly idle: string;
  readonly processes?: string;
  readonly pools?: string;
  readonly allowed?: string;
}

/** PyTorch's sentence since 2.1 with the figures of a made-up card. */
export const sentence = ({ tried, total, free, allocated, idle, processes, pools, allowed }: Card): string =>
  `torch.OutOfMemoryError: CUDA out of memory. Tried to allocate ${tried}. GPU 0 has a total capacity of ${total} of which ${free} is free. ${
    processes ?? ""
  }${allowed === undefined ? "" : `${allowed} allowed; `}Of the allocated memory ${allocated} is allocated by PyTorch, ${
    pools === undefined ? "" : `with ${pools} allocated in private pools (e.g., CUDA Graphs), `
  }and ${idle} is reserved by PyTorch but unallocated.`;
