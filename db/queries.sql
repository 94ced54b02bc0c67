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

-- name: area_name_put
INSERT OR IGNORE INTO area_name (key, area) VALUES (:key, :area)

-- name: term_all
SELECT code, parent, name_km, name_en, tiers, attested_km, primero_generic, primero_kh, oscar, outputs
FROM term ORDER BY code

-- name: term_put
INSERT INTO term (code, parent, name_km, name_en, tiers, attested_km, primero_generic, primero_kh, oscar,
                  outputs)
VALUES (:code, :parent, :name_km, :name_en, :tiers, :attested_km, :primero_generic, :primero_kh, :oscar,
        :outputs)
ON CONFLICT (code) DO UPDATE SET parent = excluded.parent, name_km = excluded.name_km,
    name_en = excluded.name_en, tiers = excluded.tiers, attested_km = excluded.attested_km,
    primero_generic = excluded.primero_generic, primero_kh = excluded.primero_kh,
    oscar = excluded.oscar, outputs = excluded.outputs

-- name: plan_output_put
INSERT INTO plan_output (code, title_km, title_en) VALUES (:code, :title_km, :title_en)
ON CONFLICT (code) DO UPDATE SET title_km = excluded.title_km, title_en = excluded.title_en
