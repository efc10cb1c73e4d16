-- Several acts on a ticket that staff do with one press; nothing personal. department: who uses it, all where it is empty. to_department,
-- priority, give_to (me, nobody, or a member of staff), ending (answer, ask, answer_solve, note, solve, close) and canned_id are empty where that is left
-- as it is; tags, untags: words separated by blanks.
CREATE TABLE desk_macros (
    id BYTEA NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    department TEXT,
    staff_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    to_department TEXT,
    priority TEXT,
    tags TEXT NOT NULL,
    untags TEXT NOT NULL,
    give_to TEXT,
    ending TEXT,
    canned_id BYTEA
);
