import { isDocument } from "./document-file.ts";
import { find } from "./dom.ts";
import { say } from "./locale.ts";

/** What ran out of memory stands at the end of a log. */
const LAST_BYTES = 256_000;

export interface LogFile {
  readonly name: string;
  readonly text: string;
  /** The file was longer: this is its end. */
  readonly cut: boolean;
}

/** @returns the end of a text file, or the sentence that says why it could not be read */
async function readLog(file: File): Promise<LogFile | string> {
  try {
    const text = await file.slice(Math.max(0, file.size - LAST_BYTES)).text();
    if (text.includes("\0")) return say().fileNotText(file.name);
    return { name: file.name, text, cut: file.size > LAST_BYTES };
  } catch {
    return say().fileUnread(file.name);
  }
}

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") === true;

/** Takes a log or a document that is dropped on the commands, or chosen by keyboard. */
export function takeLogFiles(
  taken: (log: LogFile) => void,
  refused: (sentence: string) => void,
  documentTaken: (file: File) => void,
): void {
  const zone = find("#commands", HTMLElement);
  const picker = find("#file", HTMLInputElement);
  const read = async (file: File | null | undefined): Promise<void> => {
    if (file == null) return;
    if (isDocument(file)) return documentTaken(file);
    const log = await readLog(file);
    if (typeof log === "string") refused(log);
    else taken(log);
  };
  const hover = (over: boolean): void => {
    zone.classList.toggle("drop", over);
    zone.dataset.drop = say().dropHere;
  };
  // Without this a file that misses the zone would replace the page, and what is being typed with it.
  // Text that is dragged goes where it is dropped.
  for (const name of ["dragover", "drop"] as const) {
    document.addEventListener(name, (event) => holdsFiles(event) && event.preventDefault());
  }
  zone.addEventListener("dragover", (event) => hover(holdsFiles(event)));
  zone.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && zone.contains(relatedTarget))) hover(false);
  });
  zone.addEventListener("drop", (event) => {
    hover(false);
    if (holdsFiles(event)) void read(event.dataTransfer?.files[0]);
  });
  picker.addEventListener("change", () => {
    const file = picker.files?.[0];
    void read(file).then(() => {
      picker.value = "";
    });
  });
}
