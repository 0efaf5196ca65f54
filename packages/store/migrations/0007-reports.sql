-- Reports by people, with or without an account.

-- Projection of report entries.
CREATE TABLE report (
  organisation text NOT NULL,
  id text NOT NULL,
  sign text NOT NULL,
  received_seq bigint NOT NULL,
  -- whether the reporter wrote last
  waits boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE UNIQUE INDEX report_received ON report (organisation, received_seq DESC);
CREATE INDEX report_waiting ON report (organisation, received_seq DESC) WHERE waits;
CREATE INDEX report_of_sign ON report (organisation, sign);

-- Operational: what a reporter follows up with, as its SHA-256.
CREATE TABLE report_receipt (
  organisation text NOT NULL,
  secret_sha256 text NOT NULL,
  report text NOT NULL,
  PRIMARY KEY (organisation, secret_sha256)
);
CREATE UNIQUE INDEX report_receipt_secret ON report_receipt (secret_sha256);

-- Operational: how much the form without an account took in each clock hour.
CREATE TABLE form_use (
  organisation text NOT NULL,
  hour timestamptz NOT NULL,
  messages integer NOT NULL,
  bytes bigint NOT NULL,
  PRIMARY KEY (organisation, hour)
);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['report', 'report_receipt', 'form_use'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
