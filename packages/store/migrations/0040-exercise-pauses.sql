-- Exercises of before play could be paused: none was.
UPDATE exercise SET state = state || '{"pauses": []}' WHERE NOT state ? 'pauses';
