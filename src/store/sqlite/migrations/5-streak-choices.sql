-- When a day was made up, or decided on appeal; null where an answer in time earned it.
ALTER TABLE study_days ADD COLUMN at INTEGER;

-- Pauses and moves to another home channel, as JSON under the key that a later choice replaces.
CREATE TABLE streak_choices (
  tenant TEXT NOT NULL,
  member TEXT NOT NULL,
  key    TEXT NOT NULL,
  choice TEXT NOT NULL,
  PRIMARY KEY (tenant, member, key)
) STRICT, WITHOUT ROWID;

-- Dates on which nobody of a channel has to answer: never changed, never removed.
CREATE TABLE excusals (
  tenant     TEXT NOT NULL,
  channel    TEXT NOT NULL,
  date       TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, channel, date)
) STRICT, WITHOUT ROWID;
