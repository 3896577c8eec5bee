const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

export const reminder = {
  title: "Today's question still waits for you",
  atRisk: (streak: number): string =>
    `Your streak of ${days(streak)} ends if you miss it: no freeze is left.`,
  frozen: (streak: number): string =>
    `If you miss it, a freeze keeps your streak of ${days(streak)}; an answer keeps the freeze.`,
  offButton: "No more reminders",

  isOn: (time: string, zone: string): string =>
    `You are reminded at ${time} (${zone}), once a day at most, and only while the question is open and you have not passed it.`,
  isOff: "You get no reminders.",
  offNow: "No more reminders. /streak remind 20:00 switches them on again.",
  how: "Switch them on with a time, and your city or zone: /streak remind 20:00 Berlin",
  next: "The next one, if there is need",
  quietFrom: (from: string, to: string): string =>
    `Quiet from ${from} to ${to} by your clock. To change it: /streak remind 20:00 quiet 23-6, or quiet off`,
  noQuiet: "No quiet hours. To set them: /streak remind 20:00 quiet 22-7",
  badQuiet: (typed: string): string => `“${typed}” is not a span of hours. Write quiet 22-7, or quiet off.`,
  inQuiet: (time: string, from: string, to: string): string =>
    `${time} lies in your quiet hours (${from} to ${to}). Choose another time, or have no quiet hours: /streak remind ${time} quiet off`,
  notTaken:
    "I could not send you your reminder: you take no direct messages from me. Reminders are off; allow messages and switch them on again with /streak remind 20:00.",
};
