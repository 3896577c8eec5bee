-- A schedule is kept as JSON beside what is searched: when the clock is to look at it.
CREATE TABLE schedules (
  tenant   TEXT NOT NULL,
  channel  TEXT NOT NULL,
  schedule TEXT NOT NULL,
  revision INTEGER NOT NULL,
  wake_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant, channel)
) STRICT, WITHOUT ROWID;

CREATE INDEX schedules_by_waking ON schedules (wake_at);

-- What became of one date's question in one channel; `post` and `reveal` are states as JSON.
CREATE TABLE post_records (
  tenant    TEXT NOT NULL,
  channel   TEXT NOT NULL,
  date      TEXT NOT NULL,
  due_at    INTEGER NOT NULL,
  post      TEXT NOT NULL,
  reveal    TEXT,
  unsettled INTEGER NOT NULL,
  PRIMARY KEY (tenant, channel, date)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_records_unsettled ON post_records (tenant, channel, date) WHERE unsettled = 1;
