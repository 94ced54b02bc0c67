-- The area alert by which a service is suspended, so that all of one alert can be restored together.
ALTER TABLE service ADD COLUMN suspended_by BLOB;

CREATE INDEX service_suspended_by ON service (suspended_by) WHERE suspended_by IS NOT NULL;
