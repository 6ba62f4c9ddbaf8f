-- How a call stands for the team, as JSON (shared/sync/team.ts), written by the replay check. Null: closed and owing
-- nothing, or not looked through yet. Every call is looked through once more, so that those stored before get theirs.
ALTER TABLE calls ADD COLUMN standing text;
CREATE INDEX calls_standing ON calls (last_position) WHERE standing IS NOT NULL;
UPDATE calls SET checked_position = 0;
