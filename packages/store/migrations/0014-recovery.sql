-- Hosts on their way back to the network, with the gates that each has to pass. Projections of the log.

CREATE TABLE recovery_host (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  -- the name in small letters: the matrix is in its order
  folded text NOT NULL,
  asset text,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX recovery_host_of_incident ON recovery_host (organisation, incident, folded, id);

-- What was said of the gates of every host of an incident.
CREATE TABLE gate_plan (
  organisation text NOT NULL,
  incident text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, incident)
);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['recovery_host', 'gate_plan'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
