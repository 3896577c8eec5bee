-- The state of interviews, appeals, drafts and the like, as texts of their owners. `id` is written so that it sorts.
CREATE TABLE dossiers (
  tenant   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  id       TEXT NOT NULL,
  revision INTEGER NOT NULL,
  text     TEXT NOT NULL,
  wake_at  INTEGER,
  -- When the clock is to look at it: `wake_at`, or later while somebody looks at it.
  due_at   INTEGER,
  PRIMARY KEY (tenant, kind, id)
) STRICT;

CREATE INDEX dossiers_by_due ON dossiers (kind, due_at) WHERE due_at IS NOT NULL;
