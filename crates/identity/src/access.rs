//! Who acts, and what they may do: handed to every use case that is not open to everybody.

mod scopes;

use mailkeep_policy::{Actor, Fact, Role};
use mailkeep_types::{CustomerId, PersonId, RegistrationId, SessionId, StaffId, Timestamp, words};

use crate::error::IdentityError;
use crate::principal::Principal;

pub use scopes::{Scope, Scopes};

words! {
    /// The part that a contact has at a customer.
    ContactRole {
        /// Everything, and alone the account itself: contacts, name, closing.
        Owner = "owner",
        /// Orders, invoices, payment.
        Billing = "billing",
        /// Domains and mailboxes.
        Technical = "technical",
        /// May look and change nothing.
        ReadOnly = "read_only",
    }
}

impl ContactRole {
    const fn bit(self) -> i64 {
        match self {
            ContactRole::Owner => 1,
            ContactRole::Billing => 2,
            ContactRole::Technical => 4,
            ContactRole::ReadOnly => 8,
        }
    }
}

/// The roles of one contact.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ContactRoles(i64);

impl ContactRoles {
    /// Only the owner's role.
    pub const OWNER: ContactRoles = ContactRoles(1);

    /// A set of roles.
    pub fn of(roles: &[ContactRole]) -> Self {
        ContactRoles(roles.iter().fold(0, |bits, role| bits | role.bit()))
    }

    /// Whether one role is among them.
    pub const fn contains(self, role: ContactRole) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether any of `roles` is among them.
    pub fn any_of(self, roles: &[ContactRole]) -> bool {
        roles.iter().any(|role| self.contains(*role))
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, the mightiest first.
    pub fn iter(self) -> impl Iterator<Item = ContactRole> {
        ContactRole::ALL.iter().copied().filter(move |role| self.contains(*role))
    }

    pub(crate) const fn stored(self) -> i64 {
        self.0
    }

    pub(crate) const fn from_stored(bits: i64) -> Self {
        ContactRoles(bits & 15)
    }
}

impl std::fmt::Debug for ContactRoles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

words! {
    /// The roles that staff are given.
    StaffRole {
        /// Answers tickets.
        Support = "support",
        /// Looks after invoices and payments.
        Billing = "billing",
        /// Decides held orders.
        FraudReviewer = "fraud_reviewer",
        /// Stops abuse of the mail service.
        AbuseDesk = "abuse_desk",
        /// Answers privacy cases.
        PrivacyOfficer = "privacy_officer",
        /// Writes articles and news.
        Writer = "writer",
        /// Keeps the machines running, and manages staff.
        Operator = "operator",
    }
}

words! {
    /// What staff may do. Which fields of a person they see is decided by the policy's gate, not here.
    StaffPermission {
        /// Find customers by number and see what they ordered.
        Customers = "customers",
        /// Answer tickets.
        Tickets = "tickets",
        /// Correct invoices, refund, write off.
        Billing = "billing",
        /// Review held orders.
        Orders = "orders",
        /// Lock mailboxes, lower limits, look after complaints.
        Abuse = "abuse",
        /// Privacy and disclosure cases.
        Privacy = "privacy",
        /// Open what the policy's rule `break-glass` names with a reason, where no fact fits.
        BreakGlass = "break_glass",
        /// Look at colleagues' cases and explanations.
        SecondLook = "second_look",
        /// Plans, prices, coupons, taxes and terms.
        Catalogue = "catalogue",
        /// Articles, news, incidents.
        Articles = "articles",
        /// Programs that people download, and their releases.
        Downloads = "downloads",
        /// The outgoing mail queue.
        Queue = "queue",
        /// Jobs and dead letters.
        Jobs = "jobs",
        /// Other staff.
        Staff = "staff",
        /// Sites that persons sign in to with their Registration ID.
        Sites = "sites",
        /// Figures about the business: revenue, tax, screening. Nobody's in particular.
        Reports = "reports",
    }
}

impl StaffRole {
    /// What the role may do.
    pub const fn permissions(self) -> &'static [StaffPermission] {
        use StaffPermission as P;
        match self {
            StaffRole::Support => &[P::Customers, P::Tickets],
            StaffRole::Billing => &[P::Customers, P::Billing, P::Catalogue, P::Reports],
            StaffRole::FraudReviewer => &[P::Orders, P::Customers],
            StaffRole::AbuseDesk => &[P::Abuse, P::Queue, P::Customers, P::BreakGlass],
            StaffRole::PrivacyOfficer => &[P::Privacy, P::Customers, P::BreakGlass, P::SecondLook],
            StaffRole::Writer => &[P::Articles, P::Downloads],
            StaffRole::Operator => &[
                P::Queue,
                P::Jobs,
                P::Staff,
                P::Sites,
                P::Customers,
                P::BreakGlass,
                P::SecondLook,
                P::Reports,
                P::Downloads,
            ],
        }
    }

    /// The role as the policy file names it.
    pub const fn policy_role(self) -> Role {
        match self {
            StaffRole::Support => Role::Support,
            StaffRole::Billing => Role::Billing,
            StaffRole::FraudReviewer => Role::FraudReviewer,
            StaffRole::AbuseDesk => Role::AbuseDesk,
            StaffRole::PrivacyOfficer => Role::PrivacyOfficer,
            StaffRole::Writer => Role::Writer,
            StaffRole::Operator => Role::Operator,
        }
    }

    pub(crate) fn stored(roles: &[StaffRole]) -> String {
        let mut words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
        words.sort_unstable();
        words.dedup();
        words.join(" ")
    }

    pub(crate) fn from_stored(text: &str) -> Vec<StaffRole> {
        text.split(' ').filter_map(StaffRole::from_word).collect()
    }
}

/// A customer that the person is a contact of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The customer.
    pub customer: CustomerId,
    /// The person's roles there.
    pub roles: ContactRoles,
}

/// By which way the person came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// A session of a browser.
    Browser,
    /// An API token, which may do no more than its scopes say.
    ApiToken(Scopes),
}

/// A person who proved who they are.
#[derive(Debug, Clone)]
pub struct PersonAccess {
    /// The person.
    pub person: PersonId,
    /// The person's number.
    pub registration_id: RegistrationId,
    /// The session; for an API token, an identifier that stands for the token, so that facts can name it.
    pub session: SessionId,
    /// By which way the person came.
    pub via: Via,
    /// The customers that the person acts for.
    pub customers: Vec<Membership>,
    /// When the password was last given.
    pub authenticated_at: Timestamp,
    /// Whether the second factor was given in this session.
    pub second_factor: bool,
    /// The secret that forms of this session carry.
    pub csrf: [u8; 32],
    /// When the profile was last changed; a key for what is cached about it.
    pub(crate) changed_at: Timestamp,
}

impl PersonAccess {
    /// The person's roles at a customer; none for a customer that is not theirs.
    pub fn roles_at(&self, customer: CustomerId) -> ContactRoles {
        self.customers.iter().find(|m| m.customer == customer).map_or(ContactRoles::default(), |m| m.roles)
    }

    /// The person as the policy's gate sees them.
    pub fn actor(&self) -> Actor {
        Actor::Person(self.person)
    }

    /// The fact that justifies the use of one's own data.
    pub fn fact(&self) -> Fact {
        Fact::OwnSession(self.session)
    }
}

/// A member of staff who proved who they are, with a second factor.
#[derive(Debug, Clone)]
pub struct StaffAccess {
    /// The member of staff.
    pub staff: StaffId,
    /// The name they sign in with.
    pub login: String,
    /// The session; for a token, an identifier that stands for it.
    pub session: SessionId,
    /// The roles.
    pub roles: Vec<StaffRole>,
    /// What the token was made for, of whoever comes with one; `None` in a browser, where the roles alone count.
    pub made_for: Option<Vec<StaffPermission>>,
    /// When the password was last given.
    pub authenticated_at: Timestamp,
    /// The secret that forms of this session carry.
    pub csrf: [u8; 32],
}

impl StaffAccess {
    /// Whether one of the roles may do this, and the token, if there is one, was made for it.
    pub fn may(&self, permission: StaffPermission) -> bool {
        self.roles.iter().any(|role| role.permissions().contains(&permission))
            && self.made_for.as_ref().is_none_or(|made_for| made_for.contains(&permission))
    }

    /// Everything that the roles may do.
    pub fn permissions(&self) -> Vec<StaffPermission> {
        StaffPermission::ALL.iter().copied().filter(|permission| self.may(*permission)).collect()
    }

    /// The member of staff as the policy's gate sees them.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff)
    }
}

/// What a route or a use case asks of whoever acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Nothing.
    Anybody,
    /// To be signed in as a person, in a browser: an API token is not enough.
    Person,
    /// To be a contact of the customer in one of the roles.
    Contact(CustomerId, &'static [ContactRole]),
    /// To come with an API token that has the scope.
    Scope(Scope),
    /// To be signed in as staff.
    AnyStaff,
    /// To be staff with this permission.
    Staff(StaffPermission),
}

/// Who acts.
#[derive(Debug, Clone)]
pub enum Access {
    /// Nobody we know.
    Visitor,
    /// A person.
    Person(PersonAccess),
    /// A member of staff.
    Staff(StaffAccess),
}

impl Access {
    /// Holds whoever acts against what is asked.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`] for those who might be allowed once they sign in; a customer that is not the
    /// person's own is [`IdentityError::NotFound`]; everything else is [`IdentityError::Forbidden`].
    pub fn require(&self, permission: Permission) -> Result<(), IdentityError> {
        match (permission, self) {
            (Permission::Anybody, _) => Ok(()),
            (Permission::Person, Access::Person(person)) if person.via == Via::Browser => Ok(()),
            (Permission::Contact(customer, roles), Access::Person(person)) => {
                let mine = person.roles_at(customer);
                match (mine.is_empty(), mine.any_of(roles)) {
                    (true, _) => Err(IdentityError::NotFound),
                    (false, true) => Ok(()),
                    (false, false) => Err(IdentityError::Forbidden),
                }
            }
            (Permission::Scope(scope), Access::Person(PersonAccess { via: Via::ApiToken(scopes), .. })) => {
                if scopes.contains(scope) {
                    Ok(())
                } else {
                    Err(IdentityError::Forbidden)
                }
            }
            (Permission::AnyStaff, Access::Staff(_)) => Ok(()),
            (Permission::Staff(asked), Access::Staff(staff)) if staff.may(asked) => Ok(()),
            (Permission::Staff(_), Access::Staff(_)) => Err(IdentityError::Forbidden),
            (Permission::Person, Access::Person(_)) => Err(IdentityError::Forbidden),
            // A person at a console page, staff at a customer's page: another sign-in is needed, as for a visitor.
            _ => Err(IdentityError::SignInNeeded),
        }
    }

    /// The person, if one acts.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`].
    pub fn person(&self) -> Result<&PersonAccess, IdentityError> {
        match self {
            Access::Person(person) => Ok(person),
            _ => Err(IdentityError::SignInNeeded),
        }
    }

    /// The person, if one acts in a browser and not through an API token.
    ///
    /// # Errors
    /// As [`Access::require`] with [`Permission::Person`].
    pub fn person_in_browser(&self) -> Result<&PersonAccess, IdentityError> {
        self.require(Permission::Person)?;
        self.person()
    }

    /// The person, if one acts in a browser or through an API token that has the scope.
    ///
    /// # Errors
    /// [`IdentityError::Forbidden`] for a token without the scope; [`IdentityError::SignInNeeded`].
    pub fn person_with(&self, scope: Scope) -> Result<&PersonAccess, IdentityError> {
        let person = self.person()?;
        match &person.via {
            Via::ApiToken(scopes) if !scopes.contains(scope) => Err(IdentityError::Forbidden),
            Via::ApiToken(_) | Via::Browser => Ok(person),
        }
    }

    /// The member of staff, if one acts.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`].
    pub fn staff(&self) -> Result<&StaffAccess, IdentityError> {
        match self {
            Access::Staff(staff) => Ok(staff),
            _ => Err(IdentityError::SignInNeeded),
        }
    }

    /// The member of staff, if one acts in a browser and not through a token.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`]; [`IdentityError::Forbidden`] for a token.
    pub fn staff_in_browser(&self) -> Result<&StaffAccess, IdentityError> {
        let staff = self.staff()?;
        if staff.made_for.is_some() { Err(IdentityError::Forbidden) } else { Ok(staff) }
    }

    /// Whoever acts, with their credentials.
    pub(crate) fn principal(&self) -> Option<Principal> {
        match self {
            Access::Visitor => None,
            Access::Person(person) => Some(Principal::Person(person.person)),
            Access::Staff(staff) => Some(Principal::Staff(staff.staff)),
        }
    }

    /// Whoever acts, as the policy's gate sees them.
    pub fn actor(&self) -> Option<Actor> {
        match self {
            Access::Visitor => None,
            Access::Person(person) => Some(person.actor()),
            Access::Staff(staff) => Some(staff.actor()),
        }
    }
}

#[cfg(test)]
mod tests;
