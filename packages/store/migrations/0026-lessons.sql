-- Reviews of incidents, and what is to be better the next time. Projections of the log.

CREATE TABLE review (
  organisation text NOT NULL,
  incident text NOT NULL,
  held boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, incident)
);

CREATE TABLE improvement (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  status text NOT NULL,
  due_on date,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX improvement_of_incident ON improvement (organisation, incident, id);
CREATE INDEX improvement_due ON improvement (organisation, status, due_on, id);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['review', 'improvement'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
