-- What incidents cost, and what an hour of people's time does. Projections of the log.

CREATE TABLE cost_ledger (
  organisation text NOT NULL,
  incident text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, incident)
);

CREATE TABLE cost_rate (
  organisation text NOT NULL,
  name text NOT NULL,
  from_on date NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, name, from_on)
);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['cost_ledger', 'cost_rate'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
