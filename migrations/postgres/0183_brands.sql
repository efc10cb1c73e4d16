-- Brands as staff wrote them in the console, every version. The newest of a key is in force, before what the configuration says of it.
CREATE TABLE brand_versions (
    brand TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- The whole brand, as the configuration would have it, in JSON.
    sheet TEXT NOT NULL,
    made_by BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (brand, version)
);
CREATE INDEX customer_brands_brand ON customer_brands (brand_key);
