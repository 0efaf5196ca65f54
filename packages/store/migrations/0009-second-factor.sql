-- How people sign in beside the passphrase, steps of signing in that are under way, and how often was tried in
-- vain. Operational tables.

CREATE TABLE second_factor (
  organisation text NOT NULL,
  person text NOT NULL,
  -- sealed under the key in the folder `keys`: the database alone gives no codes
  sealed text NOT NULL,
  begun_at timestamptz NOT NULL,
  checked_at timestamptz,
  -- NULL while it is being set up
  set_at timestamptz,
  -- the step of time whose code was used last; no code works twice
  last_step bigint NOT NULL DEFAULT 0,
  is_new boolean NOT NULL,
  PRIMARY KEY (organisation, person, is_new)
);

CREATE TABLE recovery_code (
  organisation text NOT NULL,
  person text NOT NULL,
  code_sha256 text NOT NULL,
  PRIMARY KEY (organisation, person, code_sha256)
);

CREATE TABLE passkey (
  organisation text NOT NULL,
  id text NOT NULL,
  person text NOT NULL,
  -- empty until it is added
  name text NOT NULL DEFAULT '',
  credential_id text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  made_at timestamptz NOT NULL,
  last_used_at timestamptz,
  PRIMARY KEY (organisation, id)
);
CREATE UNIQUE INDEX passkey_credential ON passkey (credential_id);
CREATE INDEX passkey_of_person ON passkey (organisation, person);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['second_factor', 'recovery_code', 'passkey'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;

-- Before anybody is signed in there is no organisation: the owner of the tables alone sees these.
CREATE TABLE sign_in_step (
  secret_sha256 text PRIMARY KEY,
  -- whom the passphrase was right for; NULL when a passkey is to say who it is
  organisation text,
  person text,
  challenge text NOT NULL DEFAULT '',
  wrong_count integer NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL
);

CREATE TABLE attempt (
  key text PRIMARY KEY,
  failed_count integer NOT NULL,
  last_at timestamptz NOT NULL,
  wait_until timestamptz NOT NULL
);
