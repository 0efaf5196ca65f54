-- Backups with their restore points, what incidents say of restoring, and new passwords. Projections of the log.

CREATE TABLE backup (
  organisation text NOT NULL,
  id text NOT NULL,
  folded text NOT NULL,
  active boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX backup_named ON backup (organisation, folded, id);

CREATE TABLE restoring (
  organisation text NOT NULL,
  incident text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, incident)
);

-- No password is ever in it.
CREATE TABLE password_reset (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX password_reset_of_incident ON password_reset (organisation, incident, id);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['backup', 'restoring', 'password_reset'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
