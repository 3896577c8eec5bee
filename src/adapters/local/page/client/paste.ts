import { MOST_BYTES } from "./api.ts";

/**
 * Turns back a paste that no command could take: the browser would stand still while it lays the text out, and what
 * was written before would be buried in it.
 */
export function refuseHugePastes(refused: () => void): void {
  document.addEventListener("paste", (event) => {
    if ((event.clipboardData?.getData("text/plain").length ?? 0) <= MOST_BYTES) return;
    event.preventDefault();
    refused();
  });
}
