-- Ids and texts are kept as JSON strings, quotes included: UTF-8 has no lone surrogates, JSON escapes them.
-- Instants are milliseconds since 1970-01-01T00:00Z; dates are YYYY-MM-DD.

CREATE TABLE rounds (
  tenant    TEXT NOT NULL,
  id        TEXT NOT NULL,
  channel   TEXT NOT NULL,
  date      TEXT NOT NULL,
  question  TEXT NOT NULL,
  opens_at  INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  closed_at INTEGER,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, channel, date)
) STRICT, WITHOUT ROWID;

-- Practice answers no round: its round is '', which no JSON string is.
CREATE TABLE attempts (
  tenant     TEXT NOT NULL,
  round      TEXT NOT NULL,
  member     TEXT NOT NULL,
  submission TEXT NOT NULL,
  question   TEXT NOT NULL,
  sent_at    INTEGER NOT NULL,
  text       TEXT NOT NULL,
  result     TEXT,
  PRIMARY KEY (tenant, round, member, submission)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempts_of_member ON attempts (tenant, member, sent_at);

CREATE TABLE study_days (
  tenant TEXT NOT NULL,
  member TEXT NOT NULL,
  date   TEXT NOT NULL,
  kind   TEXT NOT NULL,
  PRIMARY KEY (tenant, member, date)
) STRICT, WITHOUT ROWID;

-- One row a hint taken; `asked` is a round or, in practice, a question; `before` is how many were taken before it.
CREATE TABLE hints (
  tenant     TEXT NOT NULL,
  member     TEXT NOT NULL,
  asked      TEXT NOT NULL,
  submission TEXT NOT NULL,
  before     INTEGER NOT NULL,
  PRIMARY KEY (tenant, member, asked, submission)
) STRICT, WITHOUT ROWID;

CREATE TABLE practice (
  tenant   TEXT NOT NULL,
  member   TEXT NOT NULL,
  question TEXT NOT NULL,
  PRIMARY KEY (tenant, member)
) STRICT, WITHOUT ROWID;
