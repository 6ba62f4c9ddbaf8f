-- Nothing is looked up by position alone, and positions come from one sequence, so they cannot repeat. An index on
-- them costs every stored event a second B-tree.
DROP INDEX events_position;

-- A foreign key runs a query for each event. Every event is stored in the transaction that holds its stream's row
-- locked, and streams are never deleted, so the check could only say yes.
ALTER TABLE events DROP CONSTRAINT events_stream_fkey;
