-- The next version of the policy while it is written, and when an adopted one comes into force. Projections of the
-- log.

CREATE TABLE policy_draft (
  organisation text NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation)
);

ALTER TABLE policy_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON policy_draft TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON policy_draft TO jumpkit_app;

-- null for at once
ALTER TABLE policy_version ADD COLUMN effective_at timestamptz;
