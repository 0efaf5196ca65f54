-- What is cut off, how incidents are watched, and which hosts stand in for others. Projections of the log.

CREATE TABLE isolation (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  -- allowed or in force: somebody has to look after it
  standing boolean NOT NULL,
  review_at timestamptz,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX isolation_of_incident ON isolation (organisation, incident, id);
CREATE INDEX isolation_standing ON isolation (organisation, review_at, id) WHERE standing;

CREATE TABLE watch (
  organisation text NOT NULL,
  incident text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, incident)
);

CREATE TABLE spare (
  organisation text NOT NULL,
  id text NOT NULL,
  folded text NOT NULL,
  active boolean NOT NULL,
  stands_in_for text[] NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX spare_named ON spare (organisation, folded, id);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['isolation', 'watch', 'spare'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
