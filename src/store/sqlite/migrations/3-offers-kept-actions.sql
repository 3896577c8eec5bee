-- What schedules lacked: which topics, in which language, whose roles edit, and who decided the time.
UPDATE schedules SET schedule = json_set(
  schedule,
  '$.topics', NULL,
  '$.locale', 'en',
  '$.editors', json('[]'),
  '$.decidedBy', 'environment'
);

-- One answer a member and round that may be shown at the reveal.
CREATE TABLE offers (
  tenant     TEXT NOT NULL,
  round      TEXT NOT NULL,
  member     TEXT NOT NULL,
  submission TEXT NOT NULL,
  named      INTEGER NOT NULL,
  PRIMARY KEY (tenant, round, member)
) STRICT, WITHOUT ROWID;

-- Members who may be named among those who kept their streak.
CREATE TABLE named_members (
  tenant TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (tenant, member)
) STRICT, WITHOUT ROWID;

-- What buttons do whose action is too long for their platform.
CREATE TABLE kept_actions (
  tenant     TEXT NOT NULL,
  key        TEXT NOT NULL,
  action     TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX kept_actions_by_end ON kept_actions (expires_at);
