-- Master copies of before their files could be kept here: none is.
UPDATE master_copy SET state = state || '{"file": null}' WHERE NOT state ? 'file';

-- Who asked for a master copy is read from the log.
CREATE INDEX log_entry_of_copy_fetches ON log_entry (organisation, seq) WHERE type = 'mastercopy.fetched';

-- Which files stand in the kept manifests. Operational: it follows from the kept files alone, so it is in no backup,
-- and `jumpkit master-copy reread` fills it anew. One row for each digest of a fleet; four bytes for each master copy
-- that it stands in.
CREATE TABLE manifest_read (
  organisation text NOT NULL,
  number integer NOT NULL,
  copy text NOT NULL,
  entry_count bigint NOT NULL,
  PRIMARY KEY (organisation, number)
);
CREATE UNIQUE INDEX manifest_read_of ON manifest_read (organisation, copy);

CREATE TABLE file_digest (
  organisation text NOT NULL,
  sha256 bytea NOT NULL,
  manifests integer[] NOT NULL,
  PRIMARY KEY (organisation, sha256)
);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['manifest_read', 'file_digest'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))', wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
