-- The words of the index as postings of our own (db/posting.h) in the place of FTS5 and of the lists:
-- counts and facets are counted in them, which reading row by row is too slow for. The index is made
-- again after this step.

DROP TABLE search_vocabulary;
DROP TABLE search_text;
DROP TABLE search_list;
DROP TABLE search_word;
DELETE FROM search_row;
DELETE FROM area_count;

-- Each token (search_index.h) and in how many services it is; beginnings of words (N, T) are not
-- counted. Numbers of an index made anew follow the order of the words.
CREATE TABLE search_word (
    word TEXT PRIMARY KEY,
    id INTEGER NOT NULL,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Services that have a token. key: search_word.id * 65536 + docid / 65536.
CREATE TABLE search_posting (
    key INTEGER PRIMARY KEY,
    docs BLOB NOT NULL
) STRICT;
