const labelsOf = (sample: string): string => {
  const [, name = sample, labels = ""] = /^(\w+)\{(.*)\}$/.exec(sample) ?? [];
  return `${name}{${labels.split(",").toSorted().join()}}`;
};

/** The value of a sample in the text format, whatever the order of its labels; 0 where there is none. */
export function sampleOf(text: string, sample: string): number {
  const wanted = labelsOf(sample);
  for (const line of text.split("\n")) {
    const space = line.lastIndexOf(" ");
    if (!line.startsWith("#") && labelsOf(line.slice(0, space)) === wanted)
      return Number(line.slice(space + 1));
  }
  return 0;
}
