-- What the call's own log said when a referral was settled: a team that has the person may still say that it cannot after all.
ALTER TABLE referrals ADD COLUMN settled_as text CHECK (settled_as IN ('acknowledged', 'declined'));

-- The key a team signed with before its present one, and until when that still counts.
ALTER TABLE receivers ADD COLUMN previous_key jsonb, ADD COLUMN previous_until bigint;
