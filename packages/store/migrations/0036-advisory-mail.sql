-- A mail of an advisory can be tried again: a version says how it was marked, and each mail how it was tried before.
UPDATE advisory SET state = jsonb_set(state, '{sent}', (
    SELECT jsonb_agg(version || jsonb_build_object(
      'marking', coalesce(nullif(split_part(version ->> 'message', E'\n', 1), ''), 'TLP:AMBER+STRICT'),
      'advised', (
        SELECT coalesce(jsonb_agg(mail || '{"tried": []}' ORDER BY mail_place), '[]')
        FROM jsonb_array_elements(version -> 'advised') WITH ORDINALITY AS each_mail (mail, mail_place)
      )) ORDER BY place)
    FROM jsonb_array_elements(state -> 'sent') WITH ORDINALITY AS each_version (version, place)
  ))
  WHERE jsonb_array_length(state -> 'sent') > 0;

-- The id of every mail of an advisory: what a reply names in its headers. A projection of the log.
CREATE TABLE advisory_message (
  organisation text NOT NULL,
  message_id text NOT NULL,
  advisory text NOT NULL,
  contact text NOT NULL,
  PRIMARY KEY (organisation, message_id)
);
INSERT INTO advisory_message (organisation, message_id, advisory, contact)
SELECT advisory.organisation, mail ->> 'messageId', advisory.id, mail ->> 'contact'
FROM advisory, jsonb_array_elements(advisory.state -> 'sent') AS version,
  jsonb_array_elements(version -> 'advised') AS mail
WHERE mail ->> 'messageId' <> ''
ON CONFLICT DO NOTHING;
CREATE INDEX advisory_called ON advisory (organisation, (state ->> 'ref'));

ALTER TABLE advisory_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON advisory_message TO jumpkit_app
  USING (organisation = current_setting('jumpkit.organisation', true))
  WITH CHECK (organisation = current_setting('jumpkit.organisation', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON advisory_message TO jumpkit_app;
