-- Every query by name. Parameters by name only; nothing here is ever put together from input.

-- ==== file ====

-- name: vacuum_into
VACUUM INTO :path

-- name: integrity
PRAGMA integrity_check(1)

-- name: foreign_keys
PRAGMA foreign_key_check

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
SELECT o.kind, o.hlc, o.fields, o.actor, o.reason, r.id, o.seq, o.record, o.record_kind, o.area
FROM op o JOIN replica r ON r.n = o.replica
WHERE o.record = :record ORDER BY o.hlc, r.id, o.seq

-- name: op_of_save
SELECT o.kind, o.hlc, o.fields, o.actor, o.reason, r.id, o.seq, o.record, o.record_kind, o.area
FROM replica r JOIN op o ON o.replica = r.n
WHERE r.id = :replica AND o.seq >= :seq ORDER BY o.seq

-- name: op_hlc
SELECT hlc FROM op WHERE replica = :replica AND seq = :seq

-- name: op_of_replica
SELECT seq, prev_hash, hlc, kind, record, record_kind, area, seen, fields, actor, reason, schema
FROM op WHERE replica = :replica ORDER BY seq

-- name: op_records
SELECT record, record_kind FROM op GROUP BY record ORDER BY record

-- name: op_forget_after
DELETE FROM op WHERE hlc >= :hlc
-- ==== confidential part ====

-- name: op_after
SELECT seq, prev_hash, hlc, kind, record, record_kind, area, seen, fields, actor, reason, schema
FROM op WHERE replica = :replica AND seq > :seq ORDER BY seq

-- name: op_home
SELECT o.replica FROM op o JOIN replica r ON r.n = o.replica
WHERE o.record = :record ORDER BY o.hlc DESC, r.id DESC, o.seq DESC LIMIT 1

-- name: sealed_op_add
INSERT OR IGNORE INTO sealed_op (level, seq, sealed) VALUES (:level, :seq, :sealed)

-- name: sealed_op_after
SELECT seq, sealed FROM sealed_op WHERE level = :level AND seq > :seq ORDER BY seq

-- name: sealed_op_forget
DELETE FROM sealed_op WHERE level = :level AND seq <= :seq

-- name: sealed_key_get
SELECT replica, salt, passes, memory, by_pin, by_above FROM sealed_key WHERE level = :level

-- name: sealed_key_put
INSERT OR REPLACE INTO sealed_key (level, replica, salt, passes, memory, by_pin, by_above)
VALUES (:level, :replica, :salt, :passes, :memory, :by_pin, :by_above)

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

-- name: verification_results
SELECT result FROM verification WHERE record = :record ORDER BY hlc DESC, replica DESC, seq DESC

-- name: verification_scan
SELECT record, hlc, replica, seq, method, result, actor, note FROM verification
ORDER BY record, hlc, replica, seq

-- name: former_owner_put
INSERT OR IGNORE INTO former_owner (owner, record, record_kind) VALUES (:owner, :record, :record_kind)

-- name: former_owner_clear
DELETE FROM former_owner WHERE record = :record

-- name: former_owner_of
SELECT record, record_kind FROM former_owner WHERE owner = :owner ORDER BY record

-- name: plan_output_get
SELECT 1 FROM plan_output WHERE code = :code

-- name: term_get
SELECT 1 FROM term WHERE code = :code

-- ==== review ====

-- name: op_record_between
SELECT DISTINCT record, record_kind FROM op
WHERE record >= :low AND record <= :high AND record_kind BETWEEN :first AND :last LIMIT 2

-- name: apart_put
INSERT OR REPLACE INTO apart (a, b, time_ms, actor) VALUES (:a, :b, :time_ms, :actor)

-- name: apart_delete
DELETE FROM apart WHERE a = :a AND b = :b

-- name: apart_holds
SELECT 1 FROM apart WHERE a = :a AND b = :b

-- name: apart_list
SELECT a, b, time_ms, actor FROM apart ORDER BY time_ms DESC, a, b

-- name: apart_scan
SELECT a, b, time_ms, actor FROM apart ORDER BY a, b

-- name: review_area_over
SELECT 1 FROM review_area WHERE area IN ('KH', :province, :district, :commune, :area) LIMIT 1

-- name: review_area_put
INSERT OR REPLACE INTO review_area (area, time_ms, actor) VALUES (:area, :time_ms, :actor)

-- name: review_area_delete
DELETE FROM review_area WHERE area = :area

-- name: review_area_scan
SELECT area, time_ms, actor FROM review_area ORDER BY area

-- name: proposal_put
INSERT OR REPLACE INTO proposal (id, time_ms, area, actor, reason, answer, decided_ms, decided_by, decided_why)
VALUES (:id, :time_ms, :area, :actor, :reason, :answer, :decided_ms, :decided_by, :decided_why)

-- name: proposal_get
SELECT id, time_ms, area, actor, reason, answer, decided_ms, decided_by, decided_why
FROM proposal WHERE id = :id

-- name: proposal_waiting
SELECT id FROM proposal WHERE answer = 0 AND area >= :low AND area < :high ORDER BY time_ms, id

-- name: proposal_of_record
SELECT DISTINCT p.id FROM proposal_part x JOIN proposal p ON p.id = x.proposal
WHERE x.record = :record ORDER BY p.time_ms, p.id

-- name: proposal_scan
SELECT id, time_ms, area, actor, reason, answer, decided_ms, decided_by, decided_why
FROM proposal ORDER BY id

-- name: proposal_part_clear
DELETE FROM proposal_part WHERE proposal = :proposal

-- name: proposal_part_put
INSERT INTO proposal_part (proposal, part, record, record_kind, op)
VALUES (:proposal, :part, :record, :record_kind, :op)

-- name: proposal_part_scan
SELECT proposal, part, record, record_kind, op FROM proposal_part ORDER BY proposal, part

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

-- name: plan_output_all
SELECT code, title_km, title_en FROM plan_output

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

-- name: index_rows
SELECT * FROM search_row ORDER BY service

-- name: index_order_km
SELECT service FROM search_row ORDER BY order_km, service

-- name: index_order_en
SELECT service FROM search_row ORDER BY order_en, service

-- name: index_words
SELECT word, n FROM search_word ORDER BY word

-- name: index_docs
SELECT docid FROM search_row ORDER BY service

-- name: index_word_ids
SELECT word, id FROM search_word ORDER BY word

-- name: index_posting_count
SELECT count(*) FROM search_posting

-- name: index_counts
SELECT area, located, covering FROM area_count ORDER BY area

-- ==== search ====

-- name: docs_of_output
SELECT r.docid FROM program p CROSS JOIN service s ON s.program = p.id
CROSS JOIN search_row r ON r.service = s.id
WHERE p.plan_output >= :low AND p.plan_output < :high AND p.status <> 4

-- name: row_of_docid
SELECT docid, service, organization, name_km, name_en, key_km, key_en, words, types,
    located, covers, phones, verified, kinds, facets, order_km, order_en
FROM search_row WHERE docid = :docid

-- name: row_id
SELECT docid FROM search_row WHERE service = :service

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
SELECT name_km, name_en, abbreviation_km, abbreviation_en, coalesce(sector, 0) FROM organization
WHERE id = :id

-- name: read_begin
BEGIN

-- name: read_end
COMMIT

-- ==== organizations by name ====

-- name: organization_by_name_km
SELECT id FROM organization
WHERE name_km >= :from AND name_km < :to AND status <> 4 ORDER BY name_km LIMIT 20

-- name: organization_by_name_en
SELECT id FROM organization
WHERE name_en COLLATE NOCASE >= :from AND name_en COLLATE NOCASE < :to AND status <> 4
ORDER BY name_en COLLATE NOCASE LIMIT 20

-- name: organization_by_abbreviation_en
SELECT id FROM organization
WHERE abbreviation_en COLLATE NOCASE >= :from AND abbreviation_en COLLATE NOCASE < :to AND status <> 4
ORDER BY abbreviation_en COLLATE NOCASE LIMIT 20

-- ==== due ====

-- name: due_rule_all
SELECT term, months, days FROM due_rule ORDER BY term

-- name: due_rule_clear
DELETE FROM due_rule

-- name: due_rule_put
INSERT OR REPLACE INTO due_rule (term, months, days) VALUES (:term, :months, :days)

-- name: services_ids
SELECT id FROM service ORDER BY id

-- name: services_located
SELECT x.service FROM location l JOIN service_at_location x ON x.location = l.id
WHERE l.area >= :low AND l.area < :high AND l.status <> 4 AND x.status <> 4
    AND coalesce(l.confidentiality, 0) = 0 AND x.service IS NOT NULL

-- name: services_covering
SELECT service FROM service_area
WHERE area >= :low AND area < :high AND status <> 4 AND service IS NOT NULL

-- name: due_service
SELECT r.name_km, r.name_en, r.types, r.located, r.covers, r.phones, s.status, s.next_check
FROM search_row r JOIN service s ON s.id = r.service
WHERE r.service = :service

-- name: due_abbreviation
SELECT o.abbreviation_km, o.abbreviation_en
FROM service s JOIN organization o ON o.id = s.organization
WHERE s.id = :service

-- name: verifications_of
SELECT hlc, result, actor FROM verification
WHERE record = :record ORDER BY hlc DESC, replica DESC, seq DESC

-- ==== duplicates ====

-- name: duplicate_service
SELECT r.service, r.name_km, r.name_en, r.types, r.located, r.covers, r.phones, s.organization,
    coalesce(o.abbreviation_km, ''), coalesce(o.abbreviation_en, '')
FROM search_row r JOIN service s ON s.id = r.service LEFT JOIN organization o ON o.id = s.organization
WHERE r.service = :service AND s.status <> 4

-- name: phone_owners
SELECT DISTINCT owner FROM phone
WHERE number = :number AND status <> 4 AND coalesce(confidentiality, 0) = 0 AND owner IS NOT NULL
LIMIT 40

-- name: services_of_owner
SELECT :owner UNION
SELECT service FROM service_at_location WHERE location = :owner AND status <> 4 AND service IS NOT NULL
UNION SELECT id FROM service WHERE organization = :owner AND status <> 4
LIMIT 40

-- ==== coverage ====

-- name: coverage_services
SELECT service, types, located, covers, facets, verified, name_km, name_en, order_km, order_en,
    organization
FROM search_row

-- name: coverage_areas
SELECT code FROM area
WHERE length(code) <= 6 AND (valid_to IS NULL OR valid_to >= :today) ORDER BY code

-- ==== the plan ====

-- name: programs_of_outputs
SELECT p.id, p.plan_output, p.valid_from, p.valid_to, s.id
FROM program p LEFT JOIN service s ON s.program = p.id
WHERE p.plan_output IS NOT NULL AND p.status <> 4

-- ==== gaps ====

-- name: gap_add
INSERT INTO gap (need, area, kind, service, day) VALUES (:need, :area, :kind, :service, :day)

-- name: gap_remove_last
DELETE FROM gap WHERE n = (SELECT max(n) FROM gap WHERE area = :area AND need = :need AND service = :service)

-- name: gap_list
SELECT g.need, g.area, g.kind, g.service, g.day, s.name_km, s.name_en
FROM gap g LEFT JOIN service s ON s.id = g.service
WHERE g.area >= :low AND g.area < :high ORDER BY g.day DESC, g.n DESC

-- ==== alerts ====

-- name: alert_all
SELECT id, area, kind, text_km, text_en, valid_from, valid_to, status FROM area_alert ORDER BY id

-- name: alert_suspended
SELECT r.service, r.name_km, r.name_en, r.types, r.located, r.covers, r.phones, s.status, s.suspended_by,
    o.abbreviation_km, o.abbreviation_en
FROM service s JOIN search_row r ON r.service = s.id LEFT JOIN organization o ON o.id = s.organization
WHERE s.suspended_by = :alert

-- name: alert_service
SELECT r.service, r.name_km, r.name_en, r.types, r.located, r.covers, r.phones, s.status, s.suspended_by,
    o.abbreviation_km, o.abbreviation_en
FROM search_row r JOIN service s ON s.id = r.service LEFT JOIN organization o ON o.id = s.organization
WHERE r.service = :service
