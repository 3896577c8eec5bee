/** Options that platforms with typed options get beside those of a command. */
export const registration = {
  file: "file",
  fileAbout: "The same as a text file",
  documentAbout: "The document itself",
  more: "more",
  moreAbout: "Anything else, as one would type it: key=value",
};
