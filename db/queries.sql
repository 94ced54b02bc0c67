-- Every query by name. Parameters by name only; nothing here is ever put together from input.

-- ==== file ====

-- name: vacuum_into
VACUUM INTO :path

-- name: data_version
PRAGMA data_version

-- name: meta_get
SELECT value FROM meta WHERE key = :key

-- name: meta_put
INSERT INTO meta (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value

-- ==== log ====

-- name: replica_add
INSERT INTO replica (id, last_seq, last_hash) VALUES (:id, 0, :hash)

-- name: replica_by_id
SELECT n FROM replica WHERE id = :id

-- name: replica_last
SELECT id, last_seq, last_hash FROM replica WHERE n = :n

-- name: replica_advance
UPDATE replica SET last_seq = :seq, last_hash = :hash WHERE n = :n

-- name: replica_all
SELECT n, id, last_seq, last_hash FROM replica ORDER BY id

-- name: op_add
INSERT INTO op (replica, seq, prev_hash, hlc, kind, record, record_kind, area, seen, fields, actor,
                reason, schema)
VALUES (:replica, :seq, :prev_hash, :hlc, :kind, :record, :record_kind, :area, :seen, :fields, :actor,
        :reason, :schema)

-- name: op_record_kind
SELECT record_kind FROM op WHERE record = :record LIMIT 1

-- name: op_seen
SELECT r.id, max(o.seq) FROM op o JOIN replica r ON r.n = o.replica
WHERE o.record = :record GROUP BY o.replica ORDER BY r.id

-- name: op_of_record
SELECT o.kind, o.hlc, o.fields, o.actor, o.reason, r.id, o.seq
FROM op o JOIN replica r ON r.n = o.replica
WHERE o.record = :record ORDER BY o.hlc, r.id, o.seq

-- name: op_of_replica
SELECT seq, prev_hash, hlc, kind, record, record_kind, area, seen, fields, actor, reason, schema
FROM op WHERE replica = :replica ORDER BY seq

-- name: op_records
SELECT record, record_kind FROM op GROUP BY record ORDER BY record

-- ==== fold ====

-- name: verification_add
INSERT OR REPLACE INTO verification (record, hlc, replica, seq, method, result, actor, note)
VALUES (:record, :hlc, :replica, :seq, :method, :result, :actor, :note)

-- name: verification_clear
DELETE FROM verification WHERE record = :record

-- name: verification_last
SELECT hlc, method, result, actor, note FROM verification
WHERE record = :record ORDER BY hlc DESC, replica DESC, seq DESC LIMIT 1

-- name: verification_last_right
SELECT hlc FROM verification WHERE record = :record AND result = 1
ORDER BY hlc DESC LIMIT 1

-- name: verification_scan
SELECT record, hlc, replica, seq, method, result, actor, note FROM verification
ORDER BY record, hlc, replica, seq

-- name: plan_output_get
SELECT 1 FROM plan_output WHERE code = :code

-- name: term_get
SELECT 1 FROM term WHERE code = :code

-- ==== detail ====

-- name: service_of_organization
SELECT id FROM service WHERE organization = :organization AND status <> 4 ORDER BY id LIMIT 1

-- ==== areas and terms ====

-- name: area_get
SELECT a.code, a.parent, a.kind, a.name_km, a.name_en, coalesce(c.located, 0), coalesce(c.covering, 0)
FROM area a LEFT JOIN area_count c ON c.area = a.code
WHERE a.code = :code

-- name: area_children
SELECT a.code, a.parent, a.kind, a.name_km, a.name_en, coalesce(c.located, 0), coalesce(c.covering, 0)
FROM area a LEFT JOIN area_count c ON c.area = a.code
WHERE a.parent = :parent AND (a.valid_to IS NULL OR a.valid_to >= :today)
ORDER BY a.code

-- name: area_by_key
SELECT a.code, a.parent, a.kind, a.name_km, a.name_en, coalesce(c.located, 0), coalesce(c.covering, 0)
FROM area_name n JOIN area a ON a.code = n.area LEFT JOIN area_count c ON c.area = a.code
WHERE n.key = :key AND (a.valid_to IS NULL OR a.valid_to >= :today)
ORDER BY n.area

-- name: area_count_get
SELECT covering FROM area_count WHERE area = :area

-- name: area_levels
SELECT length(code) / 2, count(*) FROM area
WHERE valid_to IS NULL OR valid_to >= :today
GROUP BY 1

-- name: area_put
INSERT INTO area (code, parent, kind, name_km, name_en)
VALUES (:code, :parent, :kind, :name_km, :name_en)
ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, name_km = excluded.name_km,
    name_en = excluded.name_en

-- name: area_name_clear
DELETE FROM area_name WHERE area = :area

-- name: area_name_exists
SELECT 1 FROM area_name WHERE key = :key LIMIT 1

-- name: area_name_put
INSERT OR IGNORE INTO area_name (key, area) VALUES (:key, :area)

-- name: term_all
SELECT code, parent, name_km, name_en, tiers, attested_km, primero_generic, primero_kh, oscar, outputs, rank
FROM term ORDER BY code

-- name: term_put
INSERT INTO term (code, parent, name_km, name_en, tiers, attested_km, primero_generic, primero_kh, oscar,
                  outputs, rank)
VALUES (:code, :parent, :name_km, :name_en, :tiers, :attested_km, :primero_generic, :primero_kh, :oscar,
        :outputs, :rank)
ON CONFLICT (code) DO UPDATE SET parent = excluded.parent, name_km = excluded.name_km,
    name_en = excluded.name_en, tiers = excluded.tiers, attested_km = excluded.attested_km,
    primero_generic = excluded.primero_generic, primero_kh = excluded.primero_kh,
    oscar = excluded.oscar, outputs = excluded.outputs, rank = excluded.rank

-- name: need_all
SELECT code, urgency, name_km, name_en, attested_km, kinds FROM need ORDER BY place

-- name: need_put
INSERT INTO need (code, place, urgency, name_km, name_en, attested_km, kinds)
VALUES (:code, :place, :urgency, :name_km, :name_en, :attested_km, :kinds)
ON CONFLICT (code) DO UPDATE SET place = excluded.place, urgency = excluded.urgency,
    name_km = excluded.name_km, name_en = excluded.name_en, attested_km = excluded.attested_km,
    kinds = excluded.kinds

-- name: synonym_all
SELECT key, kind, value, words FROM synonym ORDER BY key

-- name: synonym_clear
DELETE FROM synonym

-- name: synonym_put
INSERT INTO synonym (key, kind, value, words) VALUES (:key, :kind, :value, :words)

-- name: plan_output_put
INSERT INTO plan_output (code, title_km, title_en) VALUES (:code, :title_km, :title_en)
ON CONFLICT (code) DO UPDATE SET title_km = excluded.title_km, title_en = excluded.title_en

-- ==== search index ====

-- name: area_scan
SELECT code, kind, name_km, name_en FROM area ORDER BY code

-- name: doc_service
SELECT s.status, s.organization, s.name_km, s.name_en, s.minimum_age, s.maximum_age, s.sex, s.confidence,
    s.description_km, s.description_en, s.eligibility_km, s.eligibility_en,
    o.name_km, o.name_en, o.abbreviation_km, o.abbreviation_en, coalesce(o.sector, 0)
FROM service s LEFT JOIN organization o ON o.id = s.organization
WHERE s.id = :service

-- name: doc_places
SELECT l.id, l.area, l.confidentiality, l.name_km, l.name_en, l.address_km, l.address_en
FROM service_at_location x JOIN location l ON l.id = x.location
WHERE x.service = :service AND x.status <> 4 AND l.status <> 4
ORDER BY x.id

-- name: doc_areas
SELECT area FROM service_area WHERE service = :service AND status <> 4 AND area IS NOT NULL ORDER BY area

-- name: doc_terms
SELECT DISTINCT term FROM term_link
WHERE record = :service AND status <> 4 AND coalesce(type, 1) = 1 AND term IS NOT NULL
ORDER BY term

-- name: doc_phones
SELECT number, confidence, coalesce(confidentiality, 0) FROM phone
WHERE owner = :owner AND status <> 4 AND number IS NOT NULL
ORDER BY coalesce(kind, 0) = 4, id

-- name: doc_all_day
SELECT 1 FROM schedule WHERE owner = :owner AND status <> 4 AND all_day = 1 LIMIT 1

-- name: doc_accessible
SELECT 1 FROM accessibility WHERE owner = :owner AND status <> 4 LIMIT 1

-- name: doc_hours
SELECT days, opens, closes, coalesce(all_day, 0), valid_from, valid_to FROM schedule
WHERE owner = :owner AND status <> 4 ORDER BY opens, closes, days, valid_from, valid_to, all_day, id

-- name: services_all
SELECT id, name_km, name_en FROM service ORDER BY id

-- name: services_of_organization
SELECT id FROM service WHERE organization = :id ORDER BY id

-- name: services_of_location
SELECT service FROM service_at_location WHERE location = :id AND service IS NOT NULL ORDER BY service

-- name: services_now_at_location
SELECT x.service FROM service_at_location x JOIN location l ON l.id = x.location
WHERE x.location = :id AND x.status <> 4 AND l.status <> 4 AND x.service IS NOT NULL ORDER BY x.service

-- name: service_of_service_at_location
SELECT service FROM service_at_location WHERE id = :id AND service IS NOT NULL

-- name: service_of_service_area
SELECT service FROM service_area WHERE id = :id AND service IS NOT NULL

-- name: owner_of_phone
SELECT owner FROM phone WHERE id = :id AND owner IS NOT NULL

-- name: owner_of_schedule
SELECT owner FROM schedule WHERE id = :id AND owner IS NOT NULL

-- name: owner_of_accessibility
SELECT owner FROM accessibility WHERE id = :id AND owner IS NOT NULL

-- name: record_of_term_link
SELECT record FROM term_link WHERE id = :id AND record IS NOT NULL

-- name: row_of_service
SELECT docid, order_km, order_en, name_km, name_en FROM search_row WHERE service = :service

-- name: row_last
SELECT max(docid) FROM search_row

-- name: row_put
INSERT INTO search_row (docid, service, organization, name_km, name_en, key_km, key_en, words, types, located,
    covers, phones, verified, kinds, facets, order_km, order_en)
VALUES (:docid, :service, :organization, :name_km, :name_en, :key_km, :key_en, :words, :types, :located,
    :covers, :phones, :verified, :kinds, :facets, :order_km, :order_en)

-- name: row_delete
DELETE FROM search_row WHERE docid = :docid

-- name: word_get
SELECT id, n FROM search_word WHERE word = :word

-- name: word_put
INSERT INTO search_word (word, id, n) VALUES (:word, :id, :n)

-- name: word_count
UPDATE search_word SET n = n + :step WHERE word = :word

-- name: word_delete
DELETE FROM search_word WHERE word = :word

-- name: words_range
SELECT id, word FROM search_word WHERE word >= :low AND word < :high

-- name: posting_last
SELECT max(key) FROM search_posting

-- name: posting_get
SELECT docs FROM search_posting WHERE key = :key

-- name: posting_range
SELECT key, docs FROM search_posting WHERE key >= :low AND key < :high

-- name: posting_any
SELECT 1 FROM search_posting WHERE key >= :low AND key < :high LIMIT 1

-- name: posting_put
INSERT INTO search_posting (key, docs) VALUES (:key, :docs)
ON CONFLICT (key) DO UPDATE SET docs = excluded.docs

-- name: posting_delete
DELETE FROM search_posting WHERE key = :key

-- name: count_located
INSERT INTO area_count (area, located, covering) VALUES (:area, :step, 0)
ON CONFLICT (area) DO UPDATE SET located = located + excluded.located

-- name: count_covering
INSERT INTO area_count (area, located, covering) VALUES (:area, 0, :step)
ON CONFLICT (area) DO UPDATE SET covering = covering + excluded.covering

-- name: count_clean
DELETE FROM area_count WHERE area = :area AND located = 0 AND covering = 0

-- name: order_put_km
UPDATE search_row SET order_km = :place WHERE docid = :docid

-- name: order_put_en
UPDATE search_row SET order_en = :place WHERE docid = :docid

-- name: order_above_km
SELECT order_km, docid, name_km, name_en, service FROM search_row WHERE order_km >= :place
ORDER BY order_km LIMIT :limit

-- name: order_above_en
SELECT order_en, docid, name_en, name_km, service FROM search_row WHERE order_en >= :place
ORDER BY order_en LIMIT :limit

-- name: order_below_km
SELECT order_km, docid FROM search_row WHERE order_km < :place ORDER BY order_km DESC LIMIT :limit

-- name: order_below_en
SELECT order_en, docid FROM search_row WHERE order_en < :place ORDER BY order_en DESC LIMIT :limit

-- ==== search ====

-- name: row_of_docid
SELECT docid, service, organization, name_km, name_en, key_km, key_en, words, types,
    located, covers, phones, verified, kinds, facets, order_km, order_en
FROM search_row WHERE docid = :docid

-- name: row_of_id
SELECT docid, service, organization, name_km, name_en, key_km, key_en, words, types,
    located, covers, phones, verified, kinds, facets, order_km, order_en
FROM search_row WHERE service = :service

-- name: row_order
SELECT order_km, order_en FROM search_row WHERE docid = :docid

-- name: words_near
SELECT word, n FROM search_word WHERE word >= :low AND word < :high LIMIT :limit

-- name: word_begins
SELECT 1 FROM search_word WHERE word >= :low AND word < :high LIMIT 1

-- name: words_sound
SELECT substr(word, 2) FROM search_word WHERE word >= 'r' AND word < 's' ORDER BY word

-- name: phones_begin
SELECT owner, number FROM phone
WHERE number >= :low AND number < :high AND status <> 4 AND coalesce(confidentiality, 0) = 0
ORDER BY number LIMIT :limit

-- name: organization_names
SELECT name_km, name_en, abbreviation_km, abbreviation_en FROM organization WHERE id = :id

-- name: read_begin
BEGIN

-- name: read_end
COMMIT
