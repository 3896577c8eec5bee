import type { Front } from "./front.ts";
import type { Installed, InstallOptions } from "./handles.ts";
import type { Consent } from "./oauth.ts";
import type { Person } from "./world.ts";

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** Where the app's install page leads: it redirects, or shows the button. */
async function linkOn(response: Response, base: string): Promise<URL> {
  const location = response.headers.get("location");
  if (location !== null) return new URL(location, base);
  const body = await response.text();
  const href = /href="([^"]*\/oauth\/v2\/authorize\?[^"]*)"/.exec(body)?.[1];
  if (href === undefined)
    throw new Error(`the install page (${response.status}) leads nowhere: ${body.slice(0, 300)}`);
  return new URL(href.replaceAll("&amp;", "&"), base);
}

/** Goes through "Add to Slack" with a browser. */
export async function install(
  front: Front,
  person: Person,
  installUrl: string,
  { org = false, deny = false, otherBrowser = false }: InstallOptions = {},
): Promise<Installed> {
  const page = await fetch(installUrl, { redirect: "manual" });
  const cookie = otherBrowser ? "" : cookiesOf(page);
  const link = await linkOn(page, installUrl);
  if (link.origin !== front.origin || link.pathname !== "/oauth/v2/authorize")
    throw new Error(`the app sends its members to ${link.origin}${link.pathname}`);
  const consent: Consent = front.oauth.consent(link.searchParams);
  const back = new URL(consent.redirectUri);
  if (deny) back.searchParams.set("error", "access_denied");
  else back.searchParams.set("code", front.oauth.allow(consent, person, org));
  if (consent.state !== "") back.searchParams.set("state", consent.state);
  const landed = await fetch(back, {
    redirect: "manual",
    ...(cookie === "" ? {} : { headers: { cookie } }),
  });
  return {
    status: landed.status,
    body: await landed.text(),
    url: landed.headers.get("location") ?? back.href,
    scopes: consent.scopes,
  };
}
