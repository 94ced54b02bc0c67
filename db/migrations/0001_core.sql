-- The log, the tables it folds into, and the reference tables the program is born with.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value ANY
) STRICT, WITHOUT ROWID;

-- One row per database file whose changes are known here; last_seq and last_hash end its chain.
CREATE TABLE replica (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    last_seq INTEGER NOT NULL,
    last_hash BLOB NOT NULL
) STRICT;

CREATE TABLE op (
    n INTEGER PRIMARY KEY,
    replica INTEGER NOT NULL REFERENCES replica (n),
    seq INTEGER NOT NULL,
    prev_hash BLOB NOT NULL,
    hlc INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    record BLOB NOT NULL,
    record_kind INTEGER NOT NULL,
    area TEXT NOT NULL,
    seen BLOB NOT NULL,
    fields BLOB NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    schema INTEGER NOT NULL,
    UNIQUE (replica, seq)
) STRICT;

CREATE INDEX op_record ON op (record);

CREATE TRIGGER op_no_update BEFORE UPDATE ON op
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

CREATE TRIGGER op_no_delete BEFORE DELETE ON op
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

-- What verify ops say.
CREATE TABLE verification (
    record BLOB NOT NULL,
    hlc INTEGER NOT NULL,
    replica BLOB NOT NULL,
    seq INTEGER NOT NULL,
    method INTEGER NOT NULL,
    result INTEGER NOT NULL,
    actor TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (record, hlc, replica, seq)
) STRICT, WITHOUT ROWID;

-- One table per kind of record; columns are those of field.def. Kinds with prose are ordinary tables: a
-- row of over a quarter page would cost a whole overflow page in a WITHOUT ROWID one.
CREATE TABLE organization (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    name_km TEXT,
    name_en TEXT,
    abbreviation_km TEXT,
    abbreviation_en TEXT,
    sector INTEGER,
    description_km TEXT,
    description_en TEXT,
    email TEXT,
    website TEXT,
    identifier_scheme TEXT,
    identifier TEXT,
    licence_number TEXT,
    licence_authority TEXT,
    licence_until TEXT,
    staff_count INTEGER,
    staff_as_of TEXT,
    next_meeting TEXT,
    source TEXT,
    confidence INTEGER,
    as_of TEXT
) STRICT;

CREATE TABLE program (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    name_km TEXT,
    name_en TEXT,
    organization BLOB REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    description_km TEXT,
    description_en TEXT,
    plan_output TEXT,
    funder TEXT,
    valid_from TEXT,
    valid_to TEXT
) STRICT;

CREATE TABLE service (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    name_km TEXT,
    name_en TEXT,
    organization BLOB REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    program BLOB REFERENCES program (id) DEFERRABLE INITIALLY DEFERRED,
    description_km TEXT,
    description_en TEXT,
    eligibility_km TEXT,
    eligibility_en TEXT,
    minimum_age INTEGER,
    maximum_age INTEGER,
    sex INTEGER,
    fees_km TEXT,
    fees_en TEXT,
    application_km TEXT,
    application_en TEXT,
    bring_km TEXT,
    bring_en TEXT,
    referral_km TEXT,
    referral_en TEXT,
    response_time_km TEXT,
    response_time_en TEXT,
    alert_km TEXT,
    alert_en TEXT,
    alert_until TEXT,
    next_check TEXT,
    inspected_on TEXT,
    inspected_by TEXT,
    meets_standard INTEGER,
    source TEXT,
    confidence INTEGER,
    as_of TEXT
) STRICT;

CREATE TABLE location (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    name_km TEXT,
    name_en TEXT,
    organization BLOB REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    area TEXT,
    address_km TEXT,
    address_en TEXT,
    directions_km TEXT,
    directions_en TEXT,
    latitude REAL,
    longitude REAL,
    confidentiality INTEGER
) STRICT;

CREATE TABLE service_at_location (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    service BLOB REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
    location BLOB REFERENCES location (id) DEFERRABLE INITIALLY DEFERRED,
    note_km TEXT,
    note_en TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE service_area (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    service BLOB REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
    area TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE phone (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    owner BLOB,
    number TEXT,
    kind INTEGER,
    hours_km TEXT,
    hours_en TEXT,
    language TEXT,
    confidentiality INTEGER,
    note_km TEXT,
    note_en TEXT,
    source TEXT,
    confidence INTEGER,
    as_of TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    owner BLOB,
    name_km TEXT,
    name_en TEXT,
    title_km TEXT,
    title_en TEXT,
    role_km TEXT,
    role_en TEXT,
    email TEXT,
    confidentiality INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE schedule (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    owner BLOB,
    days INTEGER,
    opens INTEGER,
    closes INTEGER,
    all_day INTEGER,
    valid_from TEXT,
    valid_to TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE language (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    owner BLOB,
    code TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE accessibility (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    owner BLOB,
    description_km TEXT,
    description_en TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE capacity (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    service BLOB REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
    unit TEXT,
    available INTEGER,
    maximum INTEGER,
    as_of TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE area_alert (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    area TEXT,
    kind INTEGER,
    text_km TEXT,
    text_en TEXT,
    valid_from TEXT,
    valid_to TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE term_link (
    id BLOB PRIMARY KEY,
    status INTEGER NOT NULL,
    record BLOB,
    term TEXT,
    type INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX program_organization ON program (organization);
CREATE INDEX service_organization ON service (organization);
CREATE INDEX service_program ON service (program);
CREATE INDEX location_organization ON location (organization);
CREATE INDEX location_area ON location (area);
CREATE INDEX service_at_location_service ON service_at_location (service);
CREATE INDEX service_at_location_location ON service_at_location (location);
CREATE INDEX service_area_service ON service_area (service);
CREATE INDEX service_area_area ON service_area (area);
CREATE INDEX phone_owner ON phone (owner);
CREATE INDEX phone_number ON phone (number);
CREATE INDEX contact_owner ON contact (owner);
CREATE INDEX schedule_owner ON schedule (owner);
CREATE INDEX language_owner ON language (owner);
CREATE INDEX accessibility_owner ON accessibility (owner);
CREATE INDEX capacity_service ON capacity (service);
CREATE INDEX area_alert_area ON area_alert (area);
CREATE INDEX term_link_record ON term_link (record);
CREATE INDEX term_link_term ON term_link (term);

-- Administrative units; the code is the path. valid_to and replaced_by tell of splits and renames.
CREATE TABLE area (
    code TEXT PRIMARY KEY,
    parent TEXT NOT NULL,
    kind INTEGER NOT NULL,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    replaced_by TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX area_parent ON area (parent);

-- The classification and the plan's outputs.
CREATE TABLE term (
    code TEXT PRIMARY KEY,
    parent TEXT NOT NULL,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    tiers INTEGER NOT NULL,
    attested_km INTEGER NOT NULL,
    primero_generic TEXT NOT NULL,
    primero_kh TEXT NOT NULL,
    oscar TEXT NOT NULL,
    outputs TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_output (
    code TEXT PRIMARY KEY,
    title_km TEXT NOT NULL,
    title_en TEXT NOT NULL
) STRICT, WITHOUT ROWID;
