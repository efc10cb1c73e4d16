-- The parties that order and pay.
CREATE TABLE customers (
    id BLOB NOT NULL PRIMARY KEY,
    name BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX customers_created ON customers (created_at);

-- Persons who act for a customer. roles: 1 owner, 2 billing, 4 technical, 8 read only, added up. Name and address are a
-- copy under the customer's key, so that contacts of one customer know each other without a look into their profiles.
CREATE TABLE contacts (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL REFERENCES customers (id),
    person_id BLOB NOT NULL REFERENCES persons (id),
    roles BIGINT NOT NULL,
    name BLOB NOT NULL,
    email BLOB NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contacts_customer_person ON contacts (customer_id, person_id);
CREATE INDEX contacts_person ON contacts (person_id);

CREATE TABLE contact_invitations (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL REFERENCES customers (id),
    email BLOB NOT NULL,
    email_lookup BLOB NOT NULL,
    roles BIGINT NOT NULL,
    token_hash BLOB NOT NULL,
    invited_by BLOB NOT NULL REFERENCES persons (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contact_invitations_token ON contact_invitations (token_hash);
CREATE UNIQUE INDEX contact_invitations_email ON contact_invitations (customer_id, email_lookup);
