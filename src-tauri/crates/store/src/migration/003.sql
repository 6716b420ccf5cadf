-- Supporting records: what supports or contradicts what changes say of themselves.
--
-- As for changes, NULL means "no imported file says", and keys come from the same sequence as theirs.
-- Commits are packed hexadecimal digits, or the text where it is something else. Lists are JSON arrays.

CREATE TABLE deployment (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    repository INTEGER REFERENCES repository (id),
    environment TEXT,
    is_production INTEGER,
    commit_id ANY,
    version TEXT,
    -- 0 pending, 1 running, 2 succeeded, 3 failed, 4 cancelled, 5 replaced.
    state INTEGER,
    deployed_by INTEGER REFERENCES person (id),
    started_at INTEGER,
    -- The earliest success that any row tells of.
    deployed_at INTEGER,
    finished_at INTEGER,
    url TEXT,
    updated_at INTEGER,
    revision INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB
) STRICT;

CREATE TABLE bypass (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    repository INTEGER REFERENCES repository (id),
    branch TEXT,
    actor INTEGER REFERENCES person (id),
    at INTEGER,
    -- Id of the change that was let through, which may not be imported.
    change TEXT,
    commit_before ANY,
    commit_after ANY,
    rules TEXT,
    skipped_review INTEGER,
    url TEXT,
    updated_at INTEGER,
    revision INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB
) STRICT;

CREATE TABLE check_run (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    repository INTEGER REFERENCES repository (id),
    name TEXT NOT NULL,
    -- 0 run, 1 scan.
    kind INTEGER NOT NULL,
    commit_id ANY,
    branch TEXT,
    started_by TEXT,
    -- 0 passed, 1 failed, 2 cancelled, 3 skipped, 4 running.
    outcome INTEGER,
    attempt INTEGER,
    actor INTEGER REFERENCES person (id),
    started_at INTEGER,
    finished_at INTEGER,
    -- Open findings of a scan, JSON.
    findings TEXT,
    url TEXT,
    updated_at INTEGER,
    revision INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB
) STRICT;

CREATE TABLE alert (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    repository INTEGER REFERENCES repository (id),
    title TEXT NOT NULL,
    package TEXT,
    path TEXT,
    -- 0 low, 1 medium, 2 high, 3 critical.
    severity INTEGER,
    score_tenths INTEGER,
    -- 0 open, 1 fixed, 2 dismissed.
    state INTEGER,
    opened_at INTEGER,
    published_at INTEGER,
    fixed_at INTEGER,
    dismissed_at INTEGER,
    dismissed_by INTEGER REFERENCES person (id),
    dismissed_reason TEXT,
    url TEXT,
    updated_at INTEGER,
    revision INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB
) STRICT;

CREATE TABLE message (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    repository INTEGER REFERENCES repository (id),
    channel TEXT,
    thread TEXT,
    author INTEGER REFERENCES person (id),
    at INTEGER,
    edited_at INTEGER,
    reactions TEXT,
    updated_at INTEGER,
    revision INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB
) STRICT;

CREATE TABLE setting (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    repository INTEGER REFERENCES repository (id),
    name TEXT NOT NULL,
    branches TEXT,
    -- 0 active, 1 evaluate, 2 disabled.
    enforcement INTEGER,
    required_approvals INTEGER,
    code_owners INTEGER,
    dismisses_stale INTEGER,
    last_push_approval INTEGER,
    required_checks TEXT,
    binds_admins INTEGER,
    bypassers TEXT,
    force_push_allowed INTEGER,
    url TEXT,
    updated_at INTEGER,
    revision INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB
) STRICT;

CREATE TABLE code_commit (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    repository INTEGER REFERENCES repository (id),
    commit_id ANY NOT NULL,
    title TEXT NOT NULL,
    author INTEGER REFERENCES person (id),
    committer INTEGER REFERENCES person (id),
    authored_at INTEGER,
    committed_at INTEGER,
    parents TEXT,
    branch TEXT,
    -- Id of the change that it came in with, which may not be imported.
    change TEXT,
    is_direct_push INTEGER,
    url TEXT,
    updated_at INTEGER,
    revision INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB
) STRICT;

CREATE INDEX deployment_by_commit ON deployment (commit_id) WHERE commit_id IS NOT NULL;
CREATE INDEX check_run_by_commit ON check_run (commit_id) WHERE commit_id IS NOT NULL;
CREATE INDEX code_commit_by_commit ON code_commit (commit_id);
