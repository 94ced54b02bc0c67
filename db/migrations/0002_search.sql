-- What search and the lists read: all of it is made from the tables of 0001 and can be made again.

-- Areas under the search keys of their names.
CREATE TABLE area_name (
    key TEXT NOT NULL,
    area TEXT NOT NULL,
    PRIMARY KEY (key, area)
) STRICT, WITHOUT ROWID;

CREATE INDEX area_name_area ON area_name (area);

-- Services with a place in an area or below it, and services made for exactly this area. "KH": the
-- country.
CREATE TABLE area_count (
    area TEXT PRIMARY KEY,
    located INTEGER NOT NULL,
    covering INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
