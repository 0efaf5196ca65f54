-- A notification can carry a table of its values: none of before did.
UPDATE notification SET state = state || '{"indicators": false}' WHERE NOT state ? 'indicators';
