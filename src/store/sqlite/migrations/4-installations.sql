-- What a platform gave when the bot was let in, encrypted.
CREATE TABLE installations (
  tenant TEXT PRIMARY KEY,
  sealed TEXT NOT NULL
) STRICT, WITHOUT ROWID;
