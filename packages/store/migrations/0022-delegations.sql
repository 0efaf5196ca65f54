-- Roles that one person lends to another for a time. Projection of the log.

CREATE TABLE delegation (
  organisation text NOT NULL,
  id text NOT NULL,
  lender text NOT NULL,
  borrower text NOT NULL,
  role text NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX delegation_to ON delegation (organisation, borrower, until_at);

ALTER TABLE delegation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON delegation TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON delegation TO jumpkit_app;

-- Who held which roles when is read from these few entries among all others.
CREATE INDEX log_entry_of_roles ON log_entry (organisation, seq)
  WHERE type LIKE 'person.%' OR type IN ('authority.delegated', 'authority.ended');
