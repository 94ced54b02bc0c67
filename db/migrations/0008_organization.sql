-- Organizations by the beginning of their names, for choosing one in the form.

CREATE INDEX organization_name_km ON organization (name_km);
CREATE INDEX organization_name_en ON organization (name_en COLLATE NOCASE);
CREATE INDEX organization_abbreviation_en ON organization (abbreviation_en COLLATE NOCASE);
