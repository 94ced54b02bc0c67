-- Pairs of services that a person said are two, so that nobody is asked about them again. A fold of
-- the log; a has the lower id.
CREATE TABLE apart (
    a BLOB NOT NULL,
    b BLOB NOT NULL,
    time_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
