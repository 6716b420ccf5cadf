-- The first shape of a ledger.
--
-- Times are milliseconds since 1970-01-01T00:00:00Z. NULL always means "no imported file says".
-- Keys of changes, tickets and incidents come from one sequence, so that a key alone names a record.

CREATE TABLE ledger (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    -- Grows with every committed write that can change a number.
    data_version INTEGER NOT NULL,
    -- The last revision that the search index has seen.
    searchable_to INTEGER NOT NULL
) STRICT;
INSERT INTO ledger VALUES (1, 0, 0);

-- What happened, in order, each entry sealed with the hash of the one before.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT,
    payload TEXT NOT NULL,
    previous_sha256 BLOB NOT NULL CHECK (length(previous_sha256) = 32),
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32)
) STRICT;

-- Imported files as they came. `sha256` is NULL only while the import that writes it is running.
CREATE TABLE artifact (
    id INTEGER PRIMARY KEY,
    sha256 BLOB UNIQUE CHECK (length(sha256) = 32),
    bytes INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- The archive that the file was a member of.
    container TEXT
) STRICT;

CREATE TABLE artifact_chunk (
    artifact INTEGER NOT NULL REFERENCES artifact (id),
    seq INTEGER NOT NULL,
    raw_offset INTEGER NOT NULL,
    raw_length INTEGER NOT NULL,
    zstd BLOB NOT NULL,
    PRIMARY KEY (artifact, seq),
    UNIQUE (artifact, raw_offset)
) STRICT;

-- An import run has the number of its artifact; its manifest is the payload of its event.
CREATE TABLE import (
    id INTEGER PRIMARY KEY REFERENCES artifact (id),
    event INTEGER NOT NULL UNIQUE REFERENCES event (seq),
    -- How to read one raw record of the file again, JSON.
    reading TEXT NOT NULL
) STRICT;

CREATE TABLE reject (
    import INTEGER NOT NULL REFERENCES artifact (id),
    n INTEGER NOT NULL,
    row INTEGER NOT NULL,
    line INTEGER,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    field TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (import, n)
) STRICT, WITHOUT ROWID;

-- Every version of every record that was ever imported. The versions of a record form a list through `previous`.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    -- 0 change, 1 review from a file of its own, 2 ticket, 3 incident.
    kind INTEGER NOT NULL,
    -- Key of the change (also for a review), ticket or incident.
    record INTEGER NOT NULL,
    previous INTEGER,
    artifact INTEGER NOT NULL REFERENCES artifact (id),
    row INTEGER NOT NULL,
    line INTEGER,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    -- When the row was true: its `updated_at`, else the latest time in it.
    as_of INTEGER NOT NULL,
    updated_at INTEGER,
    -- First 16 bytes of the SHA-256 over the record's content.
    digest BLOB NOT NULL CHECK (length(digest) = 16)
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    name TEXT,
    -- 0 human, 1 bot, 2 deleted account.
    kind INTEGER NOT NULL
) STRICT;

CREATE TABLE repository (
    id INTEGER PRIMARY KEY,
    folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE branch (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- `carried` has one bit per part that any revision carried; `ages` holds one time per part where
-- the parts come from revisions of different times, else NULL and all are as of `as_of`.
CREATE TABLE change (
    key INTEGER PRIMARY KEY,
    -- 0 implemented, 1 open, 2 abandoned, 3 implemented at an unknown time, 4 only named by a review so far.
    state INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    repository INTEGER NOT NULL REFERENCES repository (id),
    base_branch INTEGER REFERENCES branch (id),
    author INTEGER REFERENCES person (id),
    merged_by INTEGER REFERENCES person (id),
    opened_at INTEGER,
    implemented_at INTEGER,
    -- 0 not carried, 1 complete, 2 possibly cut.
    review_coverage INTEGER NOT NULL,
    -- Commits are packed hexadecimal digits, or the text where it is something else.
    head_commit ANY,
    merge_commit ANY,
    -- JSON array; NULL when no export had labels.
    labels TEXT,
    updated_at INTEGER,
    revision INTEGER,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    head_branch TEXT,
    category TEXT
) STRICT;

CREATE INDEX change_by_number ON change (repository, number);

CREATE TABLE commit_author (
    change INTEGER NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (change, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE review (
    change INTEGER NOT NULL,
    n INTEGER NOT NULL,
    reviewer INTEGER NOT NULL REFERENCES person (id),
    -- 0 approved, 1 changes requested, 2 commented, 3 dismissed.
    verdict INTEGER NOT NULL,
    submitted_at INTEGER,
    commit_id ANY,
    as_of INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    source_id TEXT,
    url TEXT,
    PRIMARY KEY (change, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (
    key INTEGER PRIMARY KEY,
    is_change_request INTEGER NOT NULL,
    done INTEGER,
    reporter INTEGER REFERENCES person (id),
    assignee INTEGER REFERENCES person (id),
    opened_at INTEGER,
    resolved_at INTEGER,
    work_start INTEGER,
    work_end INTEGER,
    updated_at INTEGER,
    revision INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB,
    id TEXT NOT NULL UNIQUE,
    -- The key as texts name it: `PLAT-1190`, `acme/pay#17`.
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    ticket_key TEXT NOT NULL,
    project TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    ticket_type TEXT,
    change_type TEXT,
    reason TEXT,
    status TEXT,
    priority TEXT,
    labels TEXT
) STRICT;

CREATE INDEX ticket_by_name ON ticket (name);

CREATE TABLE incident (
    key INTEGER PRIMARY KEY,
    opened_at INTEGER,
    resolved_at INTEGER,
    updated_at INTEGER,
    revision INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    ages BLOB,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    number TEXT,
    title TEXT NOT NULL,
    url TEXT,
    service TEXT,
    status TEXT,
    severity TEXT,
    urgency TEXT,
    merged_into TEXT
) STRICT;

CREATE TABLE incident_name (
    name TEXT NOT NULL,
    incident INTEGER NOT NULL,
    PRIMARY KEY (name, incident)
) STRICT, WITHOUT ROWID;

-- What the texts and link fields of a record name. `text` is NULL when it is the name itself.
CREATE TABLE mention (
    -- 0 change, 2 ticket, 3 incident.
    owner_kind INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    found_in INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT,
    PRIMARY KEY (owner_kind, owner, n)
) STRICT, WITHOUT ROWID;

-- Changes are many and name things forwards; only tickets and incidents are asked backwards.
CREATE INDEX mention_back ON mention (name) WHERE owner_kind > 0;

-- The words that policies look for. Records with a key beyond `matched_to` were not matched yet, unless
-- their import did it; NULL means that every record was.
CREATE TABLE pattern_set (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    patterns TEXT NOT NULL,
    matched_to INTEGER
) STRICT;

CREATE TABLE text_hit (
    owner_kind INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    n INTEGER NOT NULL,
    pattern_set INTEGER NOT NULL REFERENCES pattern_set (id),
    -- The part of the record that matched; numbers as in `carried`.
    part INTEGER NOT NULL,
    signal INTEGER NOT NULL,
    at INTEGER,
    text TEXT NOT NULL,
    PRIMARY KEY (owner_kind, owner, n)
) STRICT, WITHOUT ROWID;

-- An index only: the texts themselves are in the evidence.
CREATE VIRTUAL TABLE search USING fts5 (
    id, title, body, author, repository, keys,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- What was written stays written.
CREATE TRIGGER event_is_final_update BEFORE UPDATE ON event
BEGIN SELECT RAISE (ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_final_delete BEFORE DELETE ON event
BEGIN SELECT RAISE (ABORT, 'events are never deleted'); END;
CREATE TRIGGER artifact_is_final_update BEFORE UPDATE ON artifact WHEN old.sha256 IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'imported files are never changed'); END;
CREATE TRIGGER artifact_is_final_delete BEFORE DELETE ON artifact
BEGIN SELECT RAISE (ABORT, 'imported files are never deleted'); END;
CREATE TRIGGER artifact_chunk_is_final_update BEFORE UPDATE ON artifact_chunk
BEGIN SELECT RAISE (ABORT, 'imported files are never changed'); END;
CREATE TRIGGER artifact_chunk_is_final_delete BEFORE DELETE ON artifact_chunk
BEGIN SELECT RAISE (ABORT, 'imported files are never deleted'); END;
CREATE TRIGGER import_is_final_update BEFORE UPDATE ON import
BEGIN SELECT RAISE (ABORT, 'imports are never changed'); END;
CREATE TRIGGER import_is_final_delete BEFORE DELETE ON import
BEGIN SELECT RAISE (ABORT, 'imports are never deleted'); END;
CREATE TRIGGER reject_is_final_update BEFORE UPDATE ON reject
BEGIN SELECT RAISE (ABORT, 'rejects are never changed'); END;
CREATE TRIGGER reject_is_final_delete BEFORE DELETE ON reject
BEGIN SELECT RAISE (ABORT, 'rejects are never deleted'); END;
CREATE TRIGGER revision_is_final_update BEFORE UPDATE ON revision
BEGIN SELECT RAISE (ABORT, 'revisions are never changed'); END;
CREATE TRIGGER revision_is_final_delete BEFORE DELETE ON revision
BEGIN SELECT RAISE (ABORT, 'revisions are never deleted'); END;
