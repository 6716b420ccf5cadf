-- What people state about changes afterwards: what the events of the kind `attestation` say, a row for each.
CREATE TABLE attestation (
    event INTEGER PRIMARY KEY REFERENCES event (seq),
    -- Ledger-wide name of the change, which another reading of its file may yet take back.
    change TEXT NOT NULL,
    kind INTEGER NOT NULL,
    -- Whether it says that what was attested on the same topic no longer holds.
    withdraws INTEGER NOT NULL,
    -- The moment that it is about.
    at INTEGER NOT NULL,
    -- JSON list of the incidents that it names: ids, or names as written where no such incident was imported.
    incidents TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX attestation_of_change ON attestation (change);

CREATE TRIGGER attestation_is_final_update BEFORE UPDATE ON attestation
BEGIN SELECT RAISE (ABORT, 'attestations are never changed'); END;
CREATE TRIGGER attestation_is_final_delete BEFORE DELETE ON attestation
BEGIN SELECT RAISE (ABORT, 'attestations are never deleted'); END;
