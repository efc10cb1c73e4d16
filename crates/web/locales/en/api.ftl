# The API and the page that shows it.
api-title = API for programs
api-lead = What the Customer Center does, for programs of your own: domains, mailboxes, aliases, orders and invoices.
api-begin = First steps
api-token = Make a token in the <tokens>Customer Center</tokens>. It can do no more than the scopes you give it, and no more than you yourself may do. Send it with each request:
api-customer = Who acts for several customers names one with <code>?customer=</code>; <code>/api/v1/customers</code> lists them.
api-lists = Lists come in pages, the oldest entry first: give <code>next_cursor</code> of one page as <code>?cursor=</code> for the next, and <code>?limit=</code> for its size (50 when you say nothing, at most 200).
api-repeat = A request that makes something may carry an <code>Idempotency-Key</code> of your choice. Sent again within 24 hours under the same key, it makes nothing twice and gets the same thing as its answer.
api-rate = A token may make { $n } requests a minute. Beyond that the answer is 429, with <code>Retry-After</code> in seconds.
api-document = For code generators there is the <document>OpenAPI document</document>.
api-operations = Operations
api-required = required
api-no-token = no token
api-problems = When something cannot be done
api-problems-lead = The answer is <code>application/problem+json</code> (RFC 9457): a <code>code</code> that stays the same, a <code>detail</code> that says what to do, and <code>errors</code> for fields that do not fit.
api-col-code = Code
api-col-status = Status
api-col-meaning = What it means
api-problem-unreadable = The body, the cursor or a header cannot be read.
api-problem-token-needed = There is no token, or it has ended or was revoked.
api-problem-scope-missing = The token does not have the scope that the operation needs.
api-problem-not-allowed = Your role at the customer does not allow this.
api-problem-not-found = There is no such thing, or it is not yours.
api-problem-refused = Things are not so that this can be done now.
api-problem-conflict = The request has to do with an earlier one under the same Idempotency-Key.
api-problem-too-large = The body is larger than we read.
api-problem-fields-wrong = A field does not fit; see errors.
api-problem-too-many-requests = Wait as long as Retry-After says.
api-problem-internal = Something went wrong on our side; quote request_id to support.
api-token-needed = Send an API token as “Authorization: Bearer …”. You make one in the Customer Center.
api-scope-missing = This token does not have the scope { $scope }. Make one that has it in the Customer Center.
api-fields-wrong = Some fields do not fit. Mend them and send the request again.
api-body-wrong = The body cannot be read: { $reason }. Mend it and send it again.
api-body-type = Send the body as application/json.
api-cursor-wrong = This cursor is not one of ours. Begin with the first page.
api-limit-wrong = limit is a number from 1 to { $most }.
api-id-wrong = This is not an identifier.
api-term-wrong = Write monthly, quarterly or annual.
api-quota-most = The plan gives at most { $most } bytes for each mailbox.
api-name-customer = You act for several customers. Name one with ?customer=.
api-key-wrong = An Idempotency-Key is made of letters, digits and signs.
api-key-running = A request with this Idempotency-Key is under way, or nobody knows how it ended. Look whether the thing is there, and use another key.
api-key-different = This Idempotency-Key was used for a different request. Use another.
api-shown-once = This was made before and shown that once. Revoke it and make another.
nav-api = API
api-event-wrong = There is no event { $event }.
api-instant-wrong = Write an instant such as 2026-03-01T00:00:00Z.
