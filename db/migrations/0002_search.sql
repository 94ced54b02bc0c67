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

-- One row per service with all that ranking and showing a hit needs. key_*: search key of the name
-- where it is not the name itself. words: where words begin in the Khmer key. order_*: place among all
-- names in the order of that language.
CREATE TABLE search_row (
    docid INTEGER PRIMARY KEY,
    service BLOB NOT NULL UNIQUE,
    organization BLOB,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    key_km TEXT,
    key_en TEXT,
    words BLOB NOT NULL,
    types TEXT NOT NULL,
    located TEXT NOT NULL,
    covers TEXT NOT NULL,
    phones TEXT NOT NULL,
    verified INTEGER NOT NULL,
    kinds INTEGER NOT NULL,
    facets INTEGER NOT NULL,
    order_km INTEGER NOT NULL,
    order_en INTEGER NOT NULL
) STRICT;

CREATE INDEX search_row_km ON search_row (order_km);
CREATE INDEX search_row_en ON search_row (order_en);

-- Lists without words, in the order they are shown. list: what is listed (search_index.h).
CREATE TABLE search_list (
    list INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    docid INTEGER NOT NULL,
    kinds INTEGER NOT NULL,
    facets INTEGER NOT NULL,
    PRIMARY KEY (list, rank, docid)
) STRICT, WITHOUT ROWID;

-- Tokens of names, texts, areas and kinds, told apart by their first letter (search_index.h).
CREATE VIRTUAL TABLE search_text USING fts5 (
    tokens, content = '', columnsize = 0, detail = none, tokenize = 'cpdir'
);
CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab (search_text, row);

-- Each token and in how many services it is: what a half-typed word may become.
CREATE TABLE search_word (
    word TEXT PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX search_word_2 ON search_word (substr(word, 1, 2), n DESC);
CREATE INDEX search_word_3 ON search_word (substr(word, 1, 3), n DESC);
