-- Tokens by which programs act for people, and what a list of one's sessions has to tell. Operational tables.

CREATE TABLE access_token (
  organisation text NOT NULL,
  id text NOT NULL,
  person text NOT NULL,
  name text NOT NULL,
  secret_sha256 text NOT NULL,
  scopes text[] NOT NULL,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (organisation, id)
);
CREATE UNIQUE INDEX access_token_secret ON access_token (secret_sha256);
CREATE INDEX access_token_of_person ON access_token (organisation, person);

ALTER TABLE access_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON access_token TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON access_token TO jumpkit_app;

-- A session is worth twelve hours: everybody signs in once more instead of being given a made-up past.
DELETE FROM session;
ALTER TABLE session
  ADD COLUMN id text NOT NULL,
  -- when passphrase or second factor was last given in this session
  ADD COLUMN proved_at timestamptz NOT NULL,
  -- what the browser called itself and where it came from, for its owner to recognise
  ADD COLUMN agent text NOT NULL DEFAULT '',
  ADD COLUMN address text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX session_id ON session (organisation, id);
