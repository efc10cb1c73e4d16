-- Days that cost nothing, before the first period. A subscription whose next_index is 0 was not billed yet.
ALTER TABLE orders ADD COLUMN trial_days BIGINT NOT NULL DEFAULT 0;
