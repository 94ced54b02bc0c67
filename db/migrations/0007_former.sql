-- Whom a record once belonged to, where its row no longer tells: it was moved in a merge, or its creation
-- was undone. Made from the log; the history of the former owner finds it here.
CREATE TABLE former_owner (
    owner BLOB NOT NULL,
    record BLOB NOT NULL,
    record_kind INTEGER NOT NULL,
    PRIMARY KEY (owner, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX former_owner_record ON former_owner (record);
