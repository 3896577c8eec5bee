/** More than any reply to us has; an endpoint must not fill our memory. */
const MOST_REPLY_BYTES = 256_000;

/** A stream that fails once it has been longer than a bound. */
function bounded(most: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > most) controller.error(new TypeError("the reply is too long"));
      else controller.enqueue(chunk);
    },
  });
}

/** Fetches without following redirects, which could carry an answer and a key to another host, and without end. */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: "error" });
  if (response.body === null) return response;
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bounded(MOST_REPLY_BYTES)), { status, statusText, headers });
};
