-- Copies of before checks could be sealed: nobody's seal is believed for them, and no check of theirs had one.
UPDATE master_copy SET state = state || '{"checkKeys": []}' WHERE NOT state ? 'checkKeys';
UPDATE master_copy SET state = jsonb_set(state, '{lastCheck,seal}', 'null')
  WHERE jsonb_typeof(state -> 'lastCheck') = 'object' AND NOT state -> 'lastCheck' ? 'seal';
UPDATE master_copy SET state = jsonb_set(state, '{checks}', (
    SELECT jsonb_agg('{"seal": null}' || past ORDER BY place)
    FROM jsonb_array_elements(state -> 'checks') WITH ORDINALITY AS past_check (past, place)
  ))
  WHERE jsonb_array_length(state -> 'checks') > 0;
