-- Changes that wait for an approver, areas whose approver wants to see changes first, and how often a
-- kind of service is to be confirmed. The first two are folds of the log.

CREATE TABLE proposal (
    id BLOB PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    area TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    answer INTEGER NOT NULL,
    decided_ms INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    decided_why TEXT NOT NULL
) STRICT;

CREATE INDEX proposal_answer ON proposal (answer, area);

-- What each proposal is about, in the order of its parts.
CREATE TABLE proposal_part (
    proposal BLOB NOT NULL,
    part INTEGER NOT NULL,
    record BLOB NOT NULL,
    record_kind INTEGER NOT NULL,
    op INTEGER NOT NULL,
    PRIMARY KEY (proposal, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX proposal_part_record ON proposal_part (record);

CREATE TABLE review_area (
    area TEXT PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    actor TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How many months or days a confirmation lasts, by kind of service or group; '' for all others.
CREATE TABLE due_rule (
    term TEXT PRIMARY KEY,
    months INTEGER NOT NULL,
    days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
