-- Signs: what comes in before anybody has decided what it means.

-- Bulk, not a projection of single entries: an entry tells of each batch and commits to the digest of every
-- item, and the rows here are what the items rolled up to.
CREATE TABLE sign (
  organisation text NOT NULL,
  id text NOT NULL,
  source text,
  kind text NOT NULL,
  rule text NOT NULL,
  entity text NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  count bigint NOT NULL,
  -- whether it waits for a decision: follows sign_triage, and a sign without a row there waits
  waiting boolean NOT NULL DEFAULT true,
  -- what the asset register said of the entity when it came in
  team text,
  constituent text,
  asset text,
  -- what the search looks through, in small letters
  words text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX sign_waiting ON sign (organisation, last_at DESC, id DESC) WHERE waiting;
CREATE INDEX sign_latest ON sign (organisation, last_at DESC, id DESC);
CREATE INDEX sign_of_entity ON sign (organisation, entity, last_at DESC);

-- Projection of the decisions on signs.
CREATE TABLE sign_triage (
  organisation text NOT NULL,
  sign text NOT NULL,
  status text NOT NULL,
  incident text,
  snoozed_until timestamptz,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, sign)
);
CREATE INDEX sign_triage_of_incident ON sign_triage (organisation, incident) WHERE incident IS NOT NULL;
CREATE INDEX sign_triage_snoozed ON sign_triage (organisation, snoozed_until) WHERE snoozed_until IS NOT NULL;

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['sign', 'sign_triage'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
