//! Changing classes: by the configuration at start, by staff in the console; and telling the mail side.

use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{ServiceId, StaffId};

use super::config::ClassConfig;
use super::{ClassLimits, ClassUse, ServiceClass, store};
use crate::catalogue::price_config::is_key;
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::jobs::{CLASS_CHANGED, ClassJob};
use crate::services;

const PAGE: u32 = 100;

/// Brings the classes in line with the configuration. One that was changed in the console is the console's; one that the
/// configuration no longer names stays, since plans that were sold may name it.
pub(crate) fn sync(tx: &mut Tx<'_>, classes: &[ClassConfig]) -> Result<(), CommerceError> {
    for (position, class) in (0i64..).zip(classes) {
        let known = store::find(tx, &class.key)?;
        let kept = known.as_ref().is_some_and(|known| known.by.is_some());
        let same =
            known.as_ref().is_some_and(|known| known.limits == class.limits && known.name == class.name);
        if !kept && !same {
            store::put(tx, &class.key, &class.name, &class.limits, None)?;
            if known.is_some() {
                announce(tx, &class.key)?;
            }
        }
        store::set_position(tx, &class.key, position)?;
    }
    Ok(())
}

fn announce(tx: &mut Tx<'_>, key: &str) -> Result<(), CommerceError> {
    enqueue(tx, NewJob::new(CLASS_CHANGED, &ClassJob { class_key: key.to_owned() }))?;
    Ok(())
}

impl Commerce {
    /// Every class of service, in the order of the configuration.
    pub async fn list_classes(&self) -> Result<Vec<ServiceClass>, CommerceError> {
        self.read(store::all).await
    }

    /// One class and what is under it.
    pub async fn show_class(&self, key: &str) -> Result<(ServiceClass, ClassUse), CommerceError> {
        let key = key.to_owned();
        self.read(move |tx| {
            let class = store::find(tx, &key)?.ok_or(CommerceError::NotFound("class"))?;
            Ok((class, store::usage(tx, &key)?))
        })
        .await
    }

    /// What a class said over time, newest first.
    pub async fn class_history(&self, key: &str) -> Result<Vec<ServiceClass>, CommerceError> {
        let key = key.to_owned();
        self.read(move |tx| store::history(tx, &key)).await
    }

    /// Makes a class.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] at the field that does not fit.
    pub async fn make_class(
        &self,
        staff: StaffId,
        key: &str,
        name: &str,
        limits: ClassLimits,
    ) -> Result<(), CommerceError> {
        if !is_key(key) {
            return Err(CommerceError::invalid("key", "write 1 to 32 small letters, digits and hyphens"));
        }
        let name = checked(name, &limits)?;
        let key = key.to_owned();
        self.write(move |tx| {
            if store::find(tx, &key)?.is_some() {
                return Err(CommerceError::invalid("key", "another class has this key"));
            }
            store::put(tx, &key, &name, &limits, Some(staff))
        })
        .await
    }

    /// Changes a class for everything that was sold under it. `seen` is what the one who changes it saw: when somebody
    /// else changed it meanwhile, nothing is done.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] at the field that does not fit; [`CommerceError::Staff`] when it was changed meanwhile.
    pub async fn change_class(
        &self,
        staff: StaffId,
        seen: &ServiceClass,
        name: &str,
        limits: ClassLimits,
    ) -> Result<(), CommerceError> {
        let name = checked(name, &limits)?;
        let seen = seen.clone();
        self.write(move |tx| {
            let current = store::find(tx, &seen.key)?.ok_or(CommerceError::NotFound("class"))?;
            if current != seen {
                return Err(CommerceError::Staff(
                    "the class was changed just now; look at it again".to_owned(),
                ));
            }
            if current.limits == limits && current.name == name {
                return Ok(());
            }
            store::put(tx, &seen.key, &name, &limits, Some(staff))?;
            announce(tx, &seen.key)
        })
        .await
    }

    /// Tells the mail side of every service under a class. Run again, it tells it again, which changes nothing.
    pub(crate) async fn announce_class(&self, key: &str) -> Result<(), CommerceError> {
        let mut after: Option<ServiceId> = None;
        loop {
            let key = key.to_owned();
            let last = self
                .write(move |tx| {
                    let page = store::services(tx, &key, after, PAGE)?;
                    for id in &page {
                        services::change::announce(tx, *id)?;
                    }
                    Ok(page.last().copied())
                })
                .await?;
            match last {
                Some(last) => after = Some(last),
                None => return Ok(()),
            }
        }
    }
}

fn checked(name: &str, limits: &ClassLimits) -> Result<String, CommerceError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        return Err(CommerceError::invalid("name", "write a name of 1 to 60 letters"));
    }
    match limits.problems().first() {
        Some((field, message)) => Err(CommerceError::invalid(field, *message)),
        None => Ok(name.to_owned()),
    }
}
