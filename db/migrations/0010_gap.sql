-- What was not available when a pathway needed it: a note of this directory alone, not part of the log
-- of changes. Never anything about a child.

CREATE TABLE gap (
    n INTEGER PRIMARY KEY,
    need TEXT NOT NULL,
    area TEXT NOT NULL,
    kind TEXT NOT NULL,
    service BLOB NOT NULL,
    day INTEGER NOT NULL
) STRICT;

CREATE INDEX gap_area ON gap (area, day);
