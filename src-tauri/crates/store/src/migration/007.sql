-- Audit samples: what the events of the kinds `population`, `sample`, `sample_removal` and `sample_answer` say. What is not a
-- column here stands in the event. No verdict and no number depends on these tables: they are the auditor's, not the company's.

CREATE TABLE audit_population (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL UNIQUE REFERENCES event (seq),
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

-- Strata: 0 emergency, 1 unreviewed, 2 routine, 3 exempt, 4 all.
CREATE TABLE audit_member (
    population INTEGER NOT NULL REFERENCES audit_population (id),
    -- Ledger-wide name of the change, which another reading of its file may yet take back.
    change TEXT NOT NULL,
    stratum INTEGER NOT NULL,
    PRIMARY KEY (population, change)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_sample (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL UNIQUE REFERENCES event (seq),
    population INTEGER NOT NULL REFERENCES audit_population (id)
) STRICT;

CREATE TABLE audit_item (
    sample INTEGER NOT NULL REFERENCES audit_sample (id),
    number INTEGER NOT NULL,
    -- The draw, or the removal that it replaces.
    event INTEGER NOT NULL REFERENCES event (seq),
    change TEXT NOT NULL,
    stratum INTEGER NOT NULL,
    PRIMARY KEY (sample, number),
    UNIQUE (sample, change)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_removal (
    event INTEGER PRIMARY KEY REFERENCES event (seq),
    sample INTEGER NOT NULL,
    item INTEGER NOT NULL,
    UNIQUE (sample, item),
    FOREIGN KEY (sample, item) REFERENCES audit_item (sample, number)
) STRICT;

CREATE TABLE audit_answer (
    event INTEGER PRIMARY KEY REFERENCES event (seq),
    sample INTEGER NOT NULL,
    item INTEGER NOT NULL,
    -- 0 is A, 13 is N.
    attribute INTEGER NOT NULL,
    -- 0 pass, 1 deviation, 2 not applicable, 3 cannot be examined.
    result INTEGER NOT NULL,
    FOREIGN KEY (sample, item) REFERENCES audit_item (sample, number)
) STRICT;

CREATE INDEX audit_answer_of_item ON audit_answer (sample, item);

CREATE TRIGGER audit_population_is_final_update BEFORE UPDATE ON audit_population
BEGIN SELECT RAISE (ABORT, 'frozen populations are never changed'); END;
CREATE TRIGGER audit_population_is_final_delete BEFORE DELETE ON audit_population
BEGIN SELECT RAISE (ABORT, 'frozen populations are never deleted'); END;
CREATE TRIGGER audit_member_is_final_update BEFORE UPDATE ON audit_member
BEGIN SELECT RAISE (ABORT, 'frozen populations are never changed'); END;
CREATE TRIGGER audit_member_is_final_delete BEFORE DELETE ON audit_member
BEGIN SELECT RAISE (ABORT, 'frozen populations are never deleted'); END;
CREATE TRIGGER audit_sample_is_final_update BEFORE UPDATE ON audit_sample
BEGIN SELECT RAISE (ABORT, 'samples are never changed'); END;
CREATE TRIGGER audit_sample_is_final_delete BEFORE DELETE ON audit_sample
BEGIN SELECT RAISE (ABORT, 'samples are never deleted'); END;
CREATE TRIGGER audit_item_is_final_update BEFORE UPDATE ON audit_item
BEGIN SELECT RAISE (ABORT, 'items of samples are never changed'); END;
CREATE TRIGGER audit_item_is_final_delete BEFORE DELETE ON audit_item
BEGIN SELECT RAISE (ABORT, 'items of samples are never deleted'); END;
CREATE TRIGGER audit_removal_is_final_update BEFORE UPDATE ON audit_removal
BEGIN SELECT RAISE (ABORT, 'removals from samples are never changed'); END;
CREATE TRIGGER audit_removal_is_final_delete BEFORE DELETE ON audit_removal
BEGIN SELECT RAISE (ABORT, 'removals from samples are never deleted'); END;
CREATE TRIGGER audit_answer_is_final_update BEFORE UPDATE ON audit_answer
BEGIN SELECT RAISE (ABORT, 'answers of auditors are never changed'); END;
CREATE TRIGGER audit_answer_is_final_delete BEFORE DELETE ON audit_answer
BEGIN SELECT RAISE (ABORT, 'answers of auditors are never deleted'); END;
