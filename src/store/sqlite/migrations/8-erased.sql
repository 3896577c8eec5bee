-- Who was erased, as a digest of their id ('' for the whole tenant), and when.
CREATE TABLE erased (
  tenant TEXT NOT NULL,
  who    TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (tenant, who)
) STRICT, WITHOUT ROWID;

-- What a sweep looks for: the oldest answers that still have their words.
CREATE INDEX attempts_with_texts ON attempts (tenant, sent_at) WHERE text <> '""';
