import type { Settings } from "./settings.ts";
import type { Task } from "./values.ts";

/** Models of the same size that stand beside the trained one. */
export interface Companions {
  /** Frozen copies in 16 bit: reference, reward model. */
  readonly frozen: number;
  /** Further trained models with gradients and states of their own: PPO's value model. */
  readonly trained: number;
  /** Whether an inference engine on the same GPUs writes the answers. */
  readonly rollout: boolean;
  /** Sequences of one sample: a chosen and a rejected answer are two. */
  readonly sequences: 1 | 2;
}

/**
 * What preference and reinforcement learning keep beside the trained model. With adapters the reference is the base
 * with its adapters switched off, so it costs nothing.
 *
 * @see arXiv:2305.18290 (DPO: policy and reference), arXiv:2402.01306 (KTO), arXiv:2403.07691 (ORPO: no reference),
 *   arXiv:2203.02155 (PPO: policy, reference, reward, value), arXiv:2402.03300 (GRPO: no value model)
 * @example full DPO of a 7e9 model keeps 14e9 B more, the reference in 16 bit
 */
export function companionsOf(task: Task, adapted: boolean): Companions {
  const reference = adapted ? 0 : 1;
  switch (task) {
    case "sft":
      return { frozen: 0, trained: 0, rollout: false, sequences: 1 };
    case "dpo":
      return { frozen: reference, trained: 0, rollout: false, sequences: 2 };
    case "kto":
      return { frozen: reference, trained: 0, rollout: false, sequences: 1 };
    case "orpo":
    case "reward":
      return { frozen: 0, trained: 0, rollout: false, sequences: 2 };
    case "ppo":
      return { frozen: reference + 1, trained: 1, rollout: true, sequences: 1 };
    case "grpo":
      return { frozen: reference, trained: 0, rollout: true, sequences: 1 };
  }
}

/** The companions of a run; none where nothing is trained. */
export const companionsIn = ({ task, method }: Settings): Companions =>
  companionsOf(method === "inference" ? "sft" : task, method === "lora" || method === "qlora");
