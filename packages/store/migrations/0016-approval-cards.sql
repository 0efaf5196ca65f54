-- Operational: cards of read-back codes, by which people consent over the telephone.

CREATE TABLE approval_card (
  organisation text NOT NULL,
  person text NOT NULL,
  printed_at timestamptz NOT NULL,
  failed_count integer NOT NULL,
  PRIMARY KEY (organisation, person)
);

-- each code as its argon2id digest
CREATE TABLE approval_card_code (
  organisation text NOT NULL,
  person text NOT NULL,
  number integer NOT NULL,
  digest text NOT NULL,
  used boolean NOT NULL,
  PRIMARY KEY (organisation, person, number)
);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['approval_card', 'approval_card_code'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
