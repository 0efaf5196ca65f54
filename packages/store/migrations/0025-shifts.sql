-- Where each open incident stands, and changes of shift. Projections of the log.

CREATE TABLE briefing (
  organisation text NOT NULL,
  incident text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, incident)
);

CREATE TABLE shift (
  organisation text NOT NULL,
  id text NOT NULL,
  from_person text NOT NULL,
  status text NOT NULL,
  ended_at timestamptz,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX shift_by_status ON shift (organisation, status, ended_at);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['briefing', 'shift'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
