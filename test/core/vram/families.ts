import type { Measurement } from "#core/vram/catalogue";

/**
 * What a run had to do with the constants: `fitted` runs were looked at while choosing one; of `seen` runs a rule was
 * taken over afterwards (their errors before that stand in the report's notes); `held out` runs had no say at all.
 */
export type Role = "fitted" | "seen" | "held out";

export interface Family {
  readonly family: string;
  readonly role: Role;
}

type Rule = readonly [source: RegExp, family: string, role: Role | ((run: Measurement) => Role)];

const rules: readonly Rule[] = [
  [/litgpt tutorials/, "litgpt resource tables", "fitted"],
  [/litgpt config_hub/, "litgpt config hub", "held out"],
  [/Profiling of Memory and Speed" \(/, "Qwen README: 1.8B, 72B, two nodes", exceptZero3],
  [/Profiling of Memory/, "Qwen README: 7B, 14B", (run) => (run.method === "full" ? "seen" : "fitted")],
  [/Inference Performance/, "Qwen README: inference", "seen"],
  [
    /a912d23 \(Qwen2\.5/,
    "Qwen2.5 benchmark: int8, AWQ",
    // int8 gave its scales, AWQ of models with a tied embedding what loading takes.
    (run) => (run.weights_dtype === "int8" || /2\.5-(?:0\.5|1\.5|3)B/.test(run.model) ? "seen" : "held out"),
  ],
  [/a912d23/, "Qwen2.5 benchmark", (run) => (run.model.includes("7B") ? "fitted" : "held out")],
  [/c7f51a1/, "Qwen3 benchmark", "held out"],
  [/593ace6/, "Qwen2 benchmark (logits of the prompt)", "fitted"],
  [/torchtune README\.md "Memory/, "torchtune README: LoRA, QLoRA", "seen"],
  [/torchtune/, "torchtune optimization flags", "fitted"],
  [/LLaMA-Factory/, "LLaMA-Factory wiki", "fitted"],
  [/ms-swift/, "ms-swift (lengths vary)", "fitted"],
  [/GLM-4/, "GLM-4 README", "held out"],
  [/ChatGLM2/, "ChatGLM2 README", "fitted"],
  [/fitcheck/, "fitcheck (T4)", fitcheckRole],
  [/./, "LongLoRA paper", "held out"],
];

/**
 * fitcheck's LoRA rows under SDPA were estimated before anything was chosen by them, and nothing was. Its NF4 rows gave
 * the fp32 stream, its eager rows the bytes of scores, its device rows the context.
 */
function fitcheckRole(run: Measurement): Role {
  if (run.metric !== "allocated" || run.flash_attn === false) return "fitted";
  return run.method === "lora" ? "held out" : "seen";
}

/** The full fine-tunes under ZeRO-3 led to DeepSpeed's code and its joined gradients; the adapters had no say. */
function exceptZero3(run: Measurement): Role {
  return run.method === "full" ? "seen" : "held out";
}

export function roleOf(run: Measurement): Family {
  const [, family, role] = rules.find(([source]) => source.test(run.source)) ?? [/./, "other", "held out"];
  return { family, role: typeof role === "function" ? role(run) : role };
}
