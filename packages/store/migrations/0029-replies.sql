-- Mail that came back, and what it answers. Projections of the log, but for the place in the mailbox.

-- Every message that was released: what a reply names in its headers.
CREATE TABLE notification_message (
  organisation text NOT NULL,
  message_id text NOT NULL,
  notification text NOT NULL,
  contact text NOT NULL,
  PRIMARY KEY (organisation, message_id)
);
INSERT INTO notification_message (organisation, message_id, notification, contact)
SELECT notification.organisation, message_id, notification.id, told ->> 'contact'
FROM notification, jsonb_array_elements(notification.state -> 'told') AS told,
  jsonb_array_elements_text(told -> 'messageIds') AS message_id
WHERE message_id <> ''
ON CONFLICT DO NOTHING;
CREATE INDEX notification_called ON notification (organisation, (state ->> 'ref'));

CREATE TABLE reply (
  organisation text NOT NULL,
  id text NOT NULL,
  incident text,
  notification text,
  sha256 text NOT NULL,
  message_id text NOT NULL,
  -- whether nobody has dealt with it yet
  open boolean NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX reply_to ON reply (organisation, notification, id);
CREATE INDEX reply_open ON reply (organisation, id) WHERE open;
CREATE INDEX reply_bytes ON reply (organisation, sha256);
CREATE INDEX reply_message ON reply (organisation, message_id) WHERE message_id <> '';

-- How far the mailbox was looked through: operational, no projection.
CREATE TABLE mailbox_place (
  organisation text NOT NULL,
  mailbox text NOT NULL,
  validity text NOT NULL,
  uid bigint NOT NULL,
  PRIMARY KEY (organisation, mailbox)
);

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['notification_message', 'reply', 'mailbox_place'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', wanted);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO jumpkit_app
         USING (organisation = current_setting(''jumpkit.organisation'', true))
         WITH CHECK (organisation = current_setting(''jumpkit.organisation'', true))',
      wanted);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jumpkit_app', wanted);
  END LOOP;
END $$;
