-- Triage: what decisions on signs are looked up by, and which values were seen in which things.

ALTER TABLE sign_triage
  ADD COLUMN rule text,
  ADD COLUMN source text,
  ADD COLUMN reason text,
  ADD COLUMN decided_at timestamptz;
CREATE INDEX sign_triage_dismissed ON sign_triage (organisation, rule, decided_at DESC) WHERE status = 'dismissed';
CREATE INDEX sign_triage_reasons ON sign_triage (organisation, source, decided_at DESC) WHERE status = 'dismissed';
CREATE INDEX sign_triage_of_rule ON sign_triage (organisation, rule, decided_at DESC) WHERE incident IS NOT NULL;

-- Operational: an index from values to the things that name them, made anew from signs and entries at will.
-- One row a value and thing, never one a pair of things.
CREATE TABLE sighting (
  organisation text NOT NULL,
  -- of kind and value: a value can be longer than an index takes
  digest text NOT NULL,
  thing text NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  seen_count integer NOT NULL DEFAULT 1,
  -- the first entry of the incident's log that names it
  entry integer,
  PRIMARY KEY (organisation, digest, thing)
);
CREATE INDEX sighting_of_thing ON sighting (organisation, thing);

-- Projection: values that somebody confirmed as part of an incident.
CREATE TABLE observable (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  digest text NOT NULL,
  confirmed boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX observable_of_incident ON observable (organisation, incident);
CREATE INDEX observable_confirmed ON observable (organisation, digest) WHERE confirmed;

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['sighting', 'observable'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
