-- audit.0002_added_never_changed
sqlite: CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'The record of who saw what is added to, never changed.'); END
sqlite: CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'The record of who saw what is added to, never changed.'); END
sqlite, undone: DROP TRIGGER audit_entry_no_update
sqlite, undone: DROP TRIGGER audit_entry_no_delete
postgresql: CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The record of who saw what is added to, never changed.'; END $$
postgresql: CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()
postgresql, undone: DROP TRIGGER audit_entry_kept ON audit_entry
postgresql, undone: DROP FUNCTION audit_entry_refuse()

-- careplans.0002_notes_stay
sqlite: CREATE TRIGGER careplans_note_stays BEFORE UPDATE OF did, next_step, how_client, how_us, explained, said_back, understood, setting, written_at ON careplans_note WHEN OLD.did IS NOT NEW.did OR OLD.next_step IS NOT NEW.next_step OR OLD.how_client IS NOT NEW.how_client OR OLD.how_us IS NOT NEW.how_us OR OLD.explained IS NOT NEW.explained OR OLD.said_back IS NOT NEW.said_back OR OLD.understood IS NOT NEW.understood OR OLD.setting IS NOT NEW.setting OR OLD.written_at IS NOT NEW.written_at BEGIN SELECT RAISE(ABORT, 'A visit note stays as it was written; correct it with a new one.'); END
sqlite, undone: DROP TRIGGER careplans_note_stays
postgresql: CREATE FUNCTION careplans_note_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'A visit note stays as it was written; correct it with a new one.'; END $$
postgresql: CREATE TRIGGER careplans_note_stays BEFORE UPDATE OF did, next_step, how_client, how_us, explained, said_back, understood, setting, written_at ON careplans_note FOR EACH ROW WHEN (OLD.did IS DISTINCT FROM NEW.did OR OLD.next_step IS DISTINCT FROM NEW.next_step OR OLD.how_client IS DISTINCT FROM NEW.how_client OR OLD.how_us IS DISTINCT FROM NEW.how_us OR OLD.explained IS DISTINCT FROM NEW.explained OR OLD.said_back IS DISTINCT FROM NEW.said_back OR OLD.understood IS DISTINCT FROM NEW.understood OR OLD.setting IS DISTINCT FROM NEW.setting OR OLD.written_at IS DISTINCT FROM NEW.written_at) EXECUTE FUNCTION careplans_note_refuse()
postgresql, undone: DROP TRIGGER careplans_note_stays ON careplans_note
postgresql, undone: DROP FUNCTION careplans_note_refuse()

-- goals.0002_words_stay
sqlite: CREATE TRIGGER goals_goal_words_stay BEFORE UPDATE OF words, why ON goals_goal WHEN OLD.words IS NOT NEW.words OR OLD.why IS NOT NEW.why BEGIN SELECT RAISE(ABORT, 'A goal’s own words stay as they were written; write a new goal.'); END
sqlite, undone: DROP TRIGGER goals_goal_words_stay
postgresql: CREATE FUNCTION goals_goal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'A goal’s own words stay as they were written; write a new goal.'; END $$
postgresql: CREATE TRIGGER goals_goal_words_stay BEFORE UPDATE OF words, why ON goals_goal FOR EACH ROW WHEN (OLD.words IS DISTINCT FROM NEW.words OR OLD.why IS DISTINCT FROM NEW.why) EXECUTE FUNCTION goals_goal_refuse()
postgresql, undone: DROP TRIGGER goals_goal_words_stay ON goals_goal
postgresql, undone: DROP FUNCTION goals_goal_refuse()

-- goals.0003_changes
sqlite: CREATE TRIGGER goals_change_stays BEFORE UPDATE OF goal_id, what, was, now, why, at, by, by_client ON goals_change WHEN OLD.goal_id IS NOT NEW.goal_id OR OLD.what IS NOT NEW.what OR OLD.was IS NOT NEW.was OR OLD.now IS NOT NEW.now OR OLD.why IS NOT NEW.why OR OLD.at IS NOT NEW.at OR OLD.by IS NOT NEW.by OR OLD.by_client IS NOT NEW.by_client BEGIN SELECT RAISE(ABORT, 'What was changed stays as it was written; only the answer is added.'); END
sqlite, undone: DROP TRIGGER goals_change_stays
postgresql: CREATE FUNCTION goals_change_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'What was changed stays as it was written; only the answer is added.'; END $$
postgresql: CREATE TRIGGER goals_change_stays BEFORE UPDATE OF goal_id, what, was, now, why, at, by, by_client ON goals_change FOR EACH ROW WHEN (OLD.goal_id IS DISTINCT FROM NEW.goal_id OR OLD.what IS DISTINCT FROM NEW.what OR OLD.was IS DISTINCT FROM NEW.was OR OLD.now IS DISTINCT FROM NEW.now OR OLD.why IS DISTINCT FROM NEW.why OR OLD.at IS DISTINCT FROM NEW.at OR OLD.by IS DISTINCT FROM NEW.by OR OLD.by_client IS DISTINCT FROM NEW.by_client) EXECUTE FUNCTION goals_change_refuse()
postgresql, undone: DROP TRIGGER goals_change_stays ON goals_change
postgresql, undone: DROP FUNCTION goals_change_refuse()

-- needs.0002_extents_stay
sqlite: CREATE TRIGGER needs_extent_stays BEFORE UPDATE ON needs_extent BEGIN SELECT RAISE(ABORT, 'What was said stays as it was said; add what is said now.'); END
sqlite, undone: DROP TRIGGER needs_extent_stays
postgresql: CREATE FUNCTION needs_extent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'What was said stays as it was said; add what is said now.'; END $$
postgresql: CREATE TRIGGER needs_extent_stays BEFORE UPDATE ON needs_extent FOR EACH ROW EXECUTE FUNCTION needs_extent_refuse()
postgresql, undone: DROP TRIGGER needs_extent_stays ON needs_extent
postgresql, undone: DROP FUNCTION needs_extent_refuse()

-- needs.0003_who_sees
sqlite: CREATE TRIGGER needs_sharing_stays BEFORE UPDATE ON needs_sharing BEGIN SELECT RAISE(ABORT, 'What was said stays as it was said; add what is said now.'); END
sqlite, undone: DROP TRIGGER needs_sharing_stays
postgresql: CREATE FUNCTION needs_sharing_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'What was said stays as it was said; add what is said now.'; END $$
postgresql: CREATE TRIGGER needs_sharing_stays BEFORE UPDATE ON needs_sharing FOR EACH ROW EXECUTE FUNCTION needs_sharing_refuse()
postgresql, undone: DROP TRIGGER needs_sharing_stays ON needs_sharing
postgresql, undone: DROP FUNCTION needs_sharing_refuse()

-- people.0004_close_ones_kept
sqlite: CREATE TRIGGER people_closeone_kept BEFORE UPDATE OF id, clinic_id, client_id, name, relation, email, mobile, language, rights, may_act, begins_on, until_on, added_at, agreed_by, agreed_how ON people_closeone BEGIN SELECT RAISE(ABORT, 'Who may see a page is ended and added, never edited.'); END
sqlite: CREATE TRIGGER people_closeone_ended BEFORE UPDATE ON people_closeone WHEN OLD.ended_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'Who may see a page is ended and added, never edited.'); END
sqlite, undone: DROP TRIGGER people_closeone_kept
sqlite, undone: DROP TRIGGER people_closeone_ended
postgresql: CREATE FUNCTION people_closeone_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'Who may see a page is ended and added, never edited.'; END $$
postgresql: CREATE TRIGGER people_closeone_kept BEFORE UPDATE OF id, clinic_id, client_id, name, relation, email, mobile, language, rights, may_act, begins_on, until_on, added_at, agreed_by, agreed_how ON people_closeone FOR EACH ROW EXECUTE FUNCTION people_closeone_refuse()
postgresql: CREATE TRIGGER people_closeone_ended BEFORE UPDATE ON people_closeone FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION people_closeone_refuse()
postgresql, undone: DROP TRIGGER people_closeone_kept ON people_closeone
postgresql, undone: DROP TRIGGER people_closeone_ended ON people_closeone
postgresql, undone: DROP FUNCTION people_closeone_refuse()
