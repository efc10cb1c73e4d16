-- What a reviewer asks the applicant of a held order. question, answer: sealed ticket.
CREATE TABLE order_questions (
    id BYTEA NOT NULL PRIMARY KEY,
    order_id BYTEA NOT NULL,
    question BYTEA NOT NULL,
    answer BYTEA,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT
);
CREATE INDEX order_questions_order ON order_questions (order_id, asked_at);
