/** What of a request decides whether our own page sent it. */
export interface Origin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which scripts cannot set. */
  readonly site: string | undefined;
  /** `Sec-Fetch-Mode`: a link from anywhere may lead to the page itself. */
  readonly mode: string | undefined;
  readonly contentType: string | undefined;
}

/**
 * Whether a request may be answered. A name that was rebound to 127.0.0.1 shows in Host; a hostile page in another
 * tab shows in Origin and Sec-Fetch-Site, and cannot send JSON without asking first.
 */
export function isOurs(request: Origin, port: number): boolean {
  // Browsers leave out the port that http has by itself.
  const ports = port === 80 ? ["", ":80"] : [`:${port}`];
  const hosts = ports.flatMap((suffix) => [`127.0.0.1${suffix}`, `localhost${suffix}`]);
  if (request.host === undefined || !hosts.includes(request.host)) return false;
  const foreign = request.site !== undefined && request.site !== "same-origin" && request.site !== "none";
  const reads = request.method === "GET" || request.method === "HEAD";
  if (reads) return !foreign || request.mode === "navigate";
  return (
    !foreign &&
    // A script of the machine's owner, like curl, has no origin; a browser always sends one with a POST.
    (request.origin === undefined || request.origin === `http://${request.host}`) &&
    (request.contentType ?? "").startsWith("application/json")
  );
}
