-- What people say for the things a directory is searched by, and what a child needs. Reference data of
-- the program, like the classification.

-- Place of a kind of service among others in a list, 1 first; 0 for groups.
ALTER TABLE term ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;

-- The way in by what a child needs. place: order when listed; kinds: of service, best first,
-- separated by a space.
CREATE TABLE need (
    code TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    urgency INTEGER NOT NULL,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    attested_km INTEGER NOT NULL,
    kinds TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Words under their key (synonym.h) and what they mean: kind names a filter, value is the filter's.
CREATE TABLE synonym (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT, WITHOUT ROWID;
