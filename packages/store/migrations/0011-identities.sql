-- Accounts at a provider that sign people in, and visits to the provider that are under way. Operational tables.

CREATE TABLE identity (
  organisation text NOT NULL,
  id text NOT NULL,
  person text NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  made_at timestamptz NOT NULL,
  -- NULL until it is linked
  linked_at timestamptz,
  last_used_at timestamptz,
  PRIMARY KEY (organisation, id)
);
-- One account signs in one person, whoever else would claim it.
CREATE UNIQUE INDEX identity_account ON identity (issuer, subject);
CREATE INDEX identity_of_person ON identity (organisation, person);

ALTER TABLE identity ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON identity TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON identity TO jumpkit_app;

-- Before anybody is signed in there is no organisation: the owner of the tables alone sees these.
CREATE TABLE provider_visit (
  secret_sha256 text PRIMARY KEY,
  -- who set out to link an account, and in which session; NULL for whoever wants to sign in
  person text,
  session text,
  expires_at timestamptz NOT NULL
);
