-- The library of playbooks, and the checklists that incidents make of them. Projections of the log.

CREATE TABLE playbook (
  organisation text NOT NULL,
  id text NOT NULL,
  -- the key of the shipped playbook that it was adopted from
  shipped text,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);

CREATE TABLE checklist (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX checklist_of_incident ON checklist (organisation, incident, id);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['playbook', 'checklist'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
