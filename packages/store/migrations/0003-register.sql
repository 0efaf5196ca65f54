-- The register: those served, teams, parts of the network and what stands there. Projections of the log.

CREATE TABLE constituent (
  organisation text NOT NULL,
  id text NOT NULL,
  -- the name as it is compared: without case
  folded text NOT NULL,
  active boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX constituent_named ON constituent (organisation, folded, id);

CREATE TABLE team (
  organisation text NOT NULL,
  id text NOT NULL,
  folded text NOT NULL,
  active boolean NOT NULL,
  coordinating boolean NOT NULL,
  members text[] NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX team_named ON team (organisation, folded, id);

CREATE TABLE segment (
  organisation text NOT NULL,
  id text NOT NULL,
  folded text NOT NULL,
  active boolean NOT NULL,
  constituent text,
  team text,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX segment_named ON segment (organisation, folded, id);

-- The ranges of active segments, for the longest one that holds an address.
CREATE TABLE segment_range (
  organisation text NOT NULL,
  segment text NOT NULL,
  range cidr NOT NULL,
  PRIMARY KEY (organisation, range, segment)
);
CREATE INDEX segment_range_of ON segment_range (organisation, segment);

CREATE TABLE asset (
  organisation text NOT NULL,
  id text NOT NULL,
  folded text NOT NULL,
  active boolean NOT NULL,
  kind text NOT NULL,
  criticality text NOT NULL,
  segment text,
  constituent text,
  first_address inet,
  -- what the search looks through, in small letters
  words text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX asset_named ON asset (organisation, folded, id);

-- Every name and address by which an active asset is looked up.
CREATE TABLE asset_key (
  organisation text NOT NULL,
  asset text NOT NULL,
  key text NOT NULL,
  PRIMARY KEY (organisation, key, asset)
);
CREATE INDEX asset_key_of ON asset_key (organisation, asset);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['constituent', 'team', 'segment', 'segment_range', 'asset', 'asset_key'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
