-- A file can be read again in another way, a dismissed review keeps what it said before, and what an import wrote is sealed
-- by its manifest.

-- Keys up to this one were given to records, also where nothing is known of the record any more.
ALTER TABLE ledger ADD COLUMN last_key INTEGER NOT NULL DEFAULT 0;

-- Where a file is read once more in another way: the artifact that holds its bytes and its SHA-256.
ALTER TABLE artifact ADD COLUMN bytes_of INTEGER REFERENCES artifact (id);
CREATE INDEX artifact_by_bytes ON artifact (bytes_of) WHERE bytes_of IS NOT NULL;
DROP TRIGGER artifact_is_final_update;
CREATE TRIGGER artifact_is_final_update BEFORE UPDATE ON artifact
WHEN old.sha256 IS NOT NULL OR old.bytes_of IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'imported files are never changed'); END;

-- Of a dismissed review: the last verdict that an export shows before the dismissal, when it still stood, and when it was
-- gone. NULL where no export shows it.
ALTER TABLE review ADD COLUMN said_before INTEGER;
ALTER TABLE review ADD COLUMN stood_at INTEGER;
ALTER TABLE review ADD COLUMN dismissed_by INTEGER;

-- Incidents are asked for those that were merged into them.
CREATE INDEX incident_by_merge ON incident (merged_into) WHERE merged_into IS NOT NULL;
