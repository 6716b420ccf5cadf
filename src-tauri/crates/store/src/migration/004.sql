-- Which accounts belong to one person, and which are bots: what the events of the kind `people` amount to. Accounts go by their
-- handle, as in `person`, which an import may yet bring.
CREATE TABLE identity (
    account TEXT PRIMARY KEY,
    -- The account by which the person goes.
    person TEXT NOT NULL,
    -- As in `person`; NULL where it is what the files say.
    kind INTEGER
) STRICT, WITHOUT ROWID;
