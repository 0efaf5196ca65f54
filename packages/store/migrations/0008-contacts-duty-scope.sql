-- Whom to call, who is on duty, what is in the scope of an incident. Projections of the log.

CREATE TABLE contact (
  organisation text NOT NULL,
  id text NOT NULL,
  folded text NOT NULL,
  active boolean NOT NULL,
  roles text[] NOT NULL,
  -- 0 is in no order and comes last
  escalation integer NOT NULL,
  -- what they answer for: address ranges apart, everything else in small letters
  ranges inet[] NOT NULL,
  answers_for text[] NOT NULL,
  changed_seq bigint NOT NULL,
  words text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX contact_named ON contact (organisation, folded, id);
CREATE INDEX contact_changed ON contact (organisation, changed_seq);

CREATE TABLE duty (
  organisation text NOT NULL,
  id text NOT NULL,
  person text NOT NULL,
  planned boolean NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX duty_until ON duty (organisation, until_at) WHERE planned;

-- The latest call sheet that each person printed.
CREATE TABLE call_sheet (
  organisation text NOT NULL,
  person text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, person)
);

CREATE TABLE scope_element (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX scope_element_of_incident ON scope_element (organisation, incident, id);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['contact', 'duty', 'call_sheet', 'scope_element'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
