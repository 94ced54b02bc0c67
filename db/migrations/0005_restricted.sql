-- What is confidential lies sealed in a file of its own with these two tables (db/restricted.h). In the
-- directory itself sealed_op only holds what one save made, from its commit until it is handed over to
-- that file, and sealed_key stays empty.

-- One change of a confidential record: the whole op under the key of its level.
CREATE TABLE sealed_op (
    level INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (level, seq)
) STRICT;

-- The key of a level, sealed by its PIN (argon2id of salt, passes, memory), and by the key of the level
-- above. replica: whose chain the ops of this level are.
CREATE TABLE sealed_key (
    level INTEGER PRIMARY KEY,
    replica BLOB NOT NULL,
    salt BLOB NOT NULL,
    passes INTEGER NOT NULL,
    memory INTEGER NOT NULL,
    by_pin BLOB,
    by_above BLOB
) STRICT;
