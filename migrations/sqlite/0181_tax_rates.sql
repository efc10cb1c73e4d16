-- Rates of taxes that were written in the console. One that has begun is never changed, only ended; invoices keep what they said.
CREATE TABLE tax_rates (
    id BLOB NOT NULL PRIMARY KEY,
    country TEXT NOT NULL,
    region TEXT NOT NULL,
    class TEXT NOT NULL,
    name TEXT NOT NULL,
    rate BIGINT NOT NULL,
    inclusive BIGINT,
    from_on TEXT NOT NULL,
    until_on TEXT,
    made_by BLOB NOT NULL,
    made_at BIGINT NOT NULL,
    ended_by BLOB,
    ended_at BIGINT
);
