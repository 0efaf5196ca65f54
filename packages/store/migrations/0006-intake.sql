-- Intake: where signs come from, batches waiting to be worked off, and the digest of every item.

-- Projection of the sources.
CREATE TABLE source (
  organisation text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  active boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE UNIQUE INDEX source_name ON source (organisation, lower(name)) WHERE active;

-- Operational: the spool. A batch is `arriving` until its last byte is committed, and only then acknowledged.
CREATE TABLE intake_batch (
  organisation text NOT NULL,
  id text NOT NULL,
  source text NOT NULL,
  name text NOT NULL,
  -- the person who sent it as they were then, and the policy and rule that let it in
  sender jsonb NOT NULL,
  sent_under jsonb NOT NULL,
  status text NOT NULL,
  received_at timestamptz NOT NULL,
  done_at timestamptz,
  sha256 text NOT NULL DEFAULT '',
  size_bytes bigint NOT NULL DEFAULT 0,
  -- where the work stands
  position jsonb NOT NULL,
  parts int NOT NULL DEFAULT 0,
  records bigint NOT NULL DEFAULT 0,
  events bigint NOT NULL DEFAULT 0,
  repeats bigint NOT NULL DEFAULT 0,
  signs bigint NOT NULL DEFAULT 0,
  skipped jsonb NOT NULL DEFAULT '{}',
  unread bigint NOT NULL DEFAULT 0,
  problem text NOT NULL DEFAULT '',
  PRIMARY KEY (organisation, id)
);
CREATE INDEX intake_batch_waiting ON intake_batch (organisation, id) WHERE status = 'waiting';
CREATE INDEX intake_batch_of_source ON intake_batch (organisation, source, id DESC);

-- The bytes of a batch in pieces of one size, the last one shorter.
CREATE TABLE intake_chunk (
  organisation text NOT NULL,
  batch text NOT NULL,
  number int NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (organisation, batch, number)
);

-- Records that could not be read.
CREATE TABLE intake_unread (
  organisation text NOT NULL,
  batch text NOT NULL,
  record bigint NOT NULL,
  source text NOT NULL,
  reason text NOT NULL,
  original bytea NOT NULL,
  -- the batch in which it was sent again
  sent_again text,
  PRIMARY KEY (organisation, batch, record)
);
CREATE INDEX intake_unread_of_source ON intake_unread (organisation, source, batch DESC, record) WHERE sent_again IS NULL;

-- Every item that was counted, once: its key tells when it comes again, its digest is a leaf of its part's tree.
CREATE TABLE sign_item (
  organisation text NOT NULL,
  source text NOT NULL,
  key bytea NOT NULL,
  sign text NOT NULL,
  batch text NOT NULL,
  part int NOT NULL,
  place int NOT NULL,
  digest bytea NOT NULL,
  PRIMARY KEY (organisation, source, key)
);
CREATE UNIQUE INDEX sign_item_of_part ON sign_item (organisation, batch, part, place);

-- The first ten and the last ten originals of each sign, byte for byte.
CREATE TABLE sign_original (
  organisation text NOT NULL,
  sign text NOT NULL,
  at timestamptz NOT NULL,
  digest bytea NOT NULL,
  original bytea NOT NULL,
  PRIMARY KEY (organisation, sign, at, digest)
);

CREATE INDEX sign_of_group ON sign (organisation, source, rule, entity, last_at);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[
    'source', 'intake_batch', 'intake_chunk', 'intake_unread', 'sign_item', 'sign_original'
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

REVOKE UPDATE, DELETE ON sign_item FROM jumpkit_app;
