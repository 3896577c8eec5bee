/// <reference lib="dom" />
// Runs before anything is drawn, so that a chosen theme never flashes in the other one.
try {
  const chosen = localStorage.getItem("rehearsal:theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is switched off: the system's colours hold.
}
