-- What hints took off an answer's board points (null: it came too late for any), and whether it earned its date.
ALTER TABLE attempts ADD COLUMN hint_cost INTEGER DEFAULT 0;
ALTER TABLE attempts ADD COLUMN earned INTEGER NOT NULL DEFAULT 0;

-- Of older answers it was not kept: those of a date that was passed are taken for it.
UPDATE attempts SET earned = 1 WHERE result IS NOT NULL AND EXISTS (
  SELECT 1 FROM rounds JOIN study_days
    ON study_days.tenant = rounds.tenant AND study_days.date = rounds.date AND study_days.kind = 'pass'
  WHERE rounds.tenant = attempts.tenant AND rounds.id = attempts.round AND study_days.member = attempts.member
);

CREATE INDEX rounds_by_date ON rounds (tenant, date);

-- A member's board points of one date: those of their best answer to a round of it.
CREATE TABLE board_days (
  tenant TEXT NOT NULL,
  member TEXT NOT NULL,
  date   TEXT NOT NULL,
  points INTEGER NOT NULL,
  PRIMARY KEY (tenant, member, date)
) STRICT, WITHOUT ROWID;

-- Their sums by ISO week, month, and all time.
CREATE TABLE boards (
  tenant TEXT NOT NULL,
  period TEXT NOT NULL,
  member TEXT NOT NULL,
  points INTEGER NOT NULL,
  PRIMARY KEY (tenant, period, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX boards_by_points ON boards (tenant, period, points);

CREATE TABLE hidden_members (
  tenant TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (tenant, member)
) STRICT, WITHOUT ROWID;

INSERT INTO board_days (tenant, member, date, points)
SELECT attempts.tenant, attempts.member, rounds.date, max(attempts.result ->> '$.score')
FROM attempts JOIN rounds ON rounds.tenant = attempts.tenant AND rounds.id = attempts.round
WHERE attempts.earned = 1 AND attempts.result ->> '$.score' > 0
GROUP BY attempts.tenant, attempts.member, rounds.date;

INSERT INTO boards (tenant, period, member, points)
SELECT tenant, period, member, sum(points) FROM (
  SELECT tenant, member, points, strftime('%G-W%V', date) AS period FROM board_days
  UNION ALL SELECT tenant, member, points, substr(date, 1, 7) FROM board_days
  UNION ALL SELECT tenant, member, points, 'all' FROM board_days
) GROUP BY tenant, period, member;
