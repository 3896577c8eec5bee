/** A document in Markdown as a team writes one: two questions with answers and one without. */
export const NOTES = `# Team notes on serving

## 1. How do you keep inference latency low under load?

- **Continuous batching**: new requests join the running batch at every step, so the GPU is never idle between requests.
- **KV cache paging**: the cache is kept in blocks, so memory is not fragmented and more requests fit at once.
- **Quantisation**: weights in 8 or 4 bits are read faster, because decoding is bound by memory bandwidth.
- **Speculative decoding**: a small draft model proposes tokens that the large model verifies in one pass.

## 2. Why does gradient checkpointing save memory?

- **Recomputation**: activations are dropped in the forward pass and computed again in the backward pass.
- **Cost**: training takes about a third longer, because the forward pass runs twice.
- **Segments**: only the inputs of each layer are kept, so memory grows with the number of layers and not with their size.

## 3. What is left to ask?
`;

/** The same as a platform hands it over. */
export const documentOf = (text: string, name = "serving-notes.md") => ({
  name,
  base64: Buffer.from(text, "utf8").toString("base64"),
});
