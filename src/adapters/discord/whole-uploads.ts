import { DefaultRestOptions, type RESTOptions } from "discord.js";

type MakeRequest = RESTOptions["makeRequest"];

/**
 * Sends what the library sends, with a form's files as one piece of memory. As a form Node streams them, and a request that
 * is given up while it does (its time is over, or the machine is busy) throws where nobody can catch it: one slow upload
 * of a picture would end the bot (Node 24.21, undici 7).
 */
export const sendWhole: MakeRequest = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const form = new Response(init.body);
  const type = form.headers.get("content-type") ?? "";
  const body = new Uint8Array(await form.arrayBuffer());
  return DefaultRestOptions.makeRequest(url, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), "content-type": type },
    body,
  });
};
