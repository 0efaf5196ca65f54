-- The record: the log of each organisation, what it says (projections), and what stands beside it
-- (operational tables, which are never entries and never exported).

-- ── The log ────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE log_head (
  organisation text PRIMARY KEY,
  origin text NOT NULL,
  size bigint NOT NULL DEFAULT 0,
  root bytea NOT NULL,
  -- hashes of the complete subtrees, left to right, 32 bytes each
  frontier bytea NOT NULL DEFAULT '',
  recorded_at timestamptz NOT NULL
);

CREATE TABLE log_entry (
  organisation text NOT NULL,
  seq bigint NOT NULL,
  type text NOT NULL,
  v integer NOT NULL,
  incident text,
  incident_seq integer,
  recorded_at timestamptz NOT NULL,
  -- stored verbatim: every proof is over these bytes
  leaf bytea NOT NULL,
  leaf_hash bytea NOT NULL,
  PRIMARY KEY (organisation, seq)
);
CREATE UNIQUE INDEX log_entry_of_incident ON log_entry (organisation, incident, incident_seq) WHERE incident IS NOT NULL;

CREATE TABLE log_disclosure (
  organisation text NOT NULL,
  seq bigint NOT NULL,
  disclosures text[] NOT NULL,
  PRIMARY KEY (organisation, seq)
);

CREATE TABLE log_node (
  organisation text NOT NULL,
  level smallint NOT NULL,
  index bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (organisation, level, index)
);

-- Where each incident's own sequence stands, and the salt that links its entries to one another.
CREATE TABLE log_chain (
  organisation text NOT NULL,
  incident text NOT NULL,
  salt text NOT NULL,
  last_seq integer NOT NULL,
  last_hash bytea,
  PRIMARY KEY (organisation, incident)
);

CREATE TABLE log_checkpoint (
  organisation text PRIMARY KEY,
  size bigint NOT NULL,
  note text NOT NULL,
  published_at timestamptz NOT NULL
);

CREATE FUNCTION the_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The handling log only grows: % on % is refused', TG_OP, TG_TABLE_NAME
    USING HINT = 'Write a correction as a new entry.';
END $$;

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entry
  FOR EACH STATEMENT EXECUTE FUNCTION the_log_only_grows();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log_node
  FOR EACH STATEMENT EXECUTE FUNCTION the_log_only_grows();

-- ── Projections: rebuilt from the log by `jumpkit doctor` and compared ─────────────────────────────

CREATE TABLE organisation (
  organisation text PRIMARY KEY,
  name text NOT NULL,
  code_prefix text NOT NULL
);

CREATE TABLE person (
  organisation text NOT NULL,
  id text NOT NULL,
  sign_in_name text NOT NULL,
  name text NOT NULL,
  active boolean NOT NULL,
  roles text[] NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE UNIQUE INDEX person_sign_in_name ON person (organisation, sign_in_name);
CREATE INDEX person_by_sign_in_name ON person (sign_in_name);

CREATE TABLE policy_version (
  organisation text NOT NULL,
  version integer NOT NULL,
  digest text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, version)
);

CREATE TABLE incident (
  organisation text NOT NULL,
  id text NOT NULL,
  code text NOT NULL,
  title text NOT NULL,
  status text NOT NULL,
  priority text NOT NULL,
  -- place in the organisation's log of the latest entry: what lists are ordered by
  latest_seq bigint NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE UNIQUE INDEX incident_latest ON incident (organisation, latest_seq DESC);

CREATE TABLE evidence_item (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  number integer NOT NULL,
  collected_seq bigint NOT NULL,
  pending_to text,
  sha256 text,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX evidence_item_of_incident ON evidence_item (organisation, incident, number);
CREATE UNIQUE INDEX evidence_item_collected ON evidence_item (organisation, collected_seq DESC);
CREATE INDEX evidence_item_pending ON evidence_item (organisation, pending_to) WHERE pending_to IS NOT NULL;

-- ── Operational tables ─────────────────────────────────────────────────────────────────────────────

CREATE TABLE counter (
  organisation text NOT NULL,
  name text NOT NULL,
  value integer NOT NULL,
  PRIMARY KEY (organisation, name)
);

CREATE TABLE credential (
  organisation text NOT NULL,
  person text NOT NULL,
  passphrase text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (organisation, person)
);

CREATE TABLE invitation (
  organisation text NOT NULL,
  secret_sha256 text NOT NULL,
  person text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (organisation, secret_sha256)
);
CREATE INDEX invitation_of_person ON invitation (organisation, person);

CREATE TABLE session (
  organisation text NOT NULL,
  secret_sha256 text NOT NULL,
  person text NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (organisation, secret_sha256)
);
CREATE UNIQUE INDEX session_secret ON session (secret_sha256);
CREATE INDEX session_of_person ON session (organisation, person);

CREATE TABLE kept_reply (
  organisation text NOT NULL,
  person text NOT NULL,
  key text NOT NULL,
  request_digest text NOT NULL,
  reply jsonb,
  claimed_at timestamptz NOT NULL,
  PRIMARY KEY (organisation, person, key)
);
CREATE INDEX kept_reply_age ON kept_reply (claimed_at);

CREATE TABLE upload (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text NOT NULL,
  person text NOT NULL,
  sha256 text NOT NULL,
  size_bytes bigint NOT NULL,
  name text NOT NULL,
  received_at timestamptz NOT NULL,
  item text,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX upload_unclaimed ON upload (received_at) WHERE item IS NULL;

CREATE TABLE ticket (
  organisation text NOT NULL,
  id text NOT NULL,
  person text NOT NULL,
  grants jsonb NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (organisation, id)
);

CREATE TABLE denial (
  organisation text NOT NULL,
  person text NOT NULL,
  action text NOT NULL,
  minute timestamptz NOT NULL,
  PRIMARY KEY (organisation, person, action, minute)
);

-- The key that an incident's evidence is encrypted under, wrapped to the server and to the recovery recipient.
CREATE TABLE incident_key (
  organisation text NOT NULL,
  incident text NOT NULL,
  wrapped text NOT NULL,
  PRIMARY KEY (organisation, incident)
);

-- One-time links that each found one organisation; they belong to none.
CREATE TABLE set_up_link (
  secret_sha256 text PRIMARY KEY,
  expires_at timestamptz NOT NULL
);

-- ── Walls: row-level security by organisation, and the least rights ────────────────────────────────

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[
    'log_head', 'log_entry', 'log_disclosure', 'log_node', 'log_chain', 'log_checkpoint',
    'organisation', 'person', 'policy_version', 'incident', 'evidence_item',
    'counter', 'credential', 'invitation', 'session', 'kept_reply', 'upload', 'ticket', 'denial', 'incident_key'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;

REVOKE UPDATE, DELETE ON log_entry, log_node, log_disclosure FROM jumpkit_app;
