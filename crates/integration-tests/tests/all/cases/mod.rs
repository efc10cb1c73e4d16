//! The acceptance cases of the trade by their numbers, on the real binary where a person would see them.

mod case_01_02_names;
mod case_05_full;
mod case_19_hand_over;
mod case_20_screening;
mod case_21_23_limits;
mod case_24_bulk;
mod case_24_held;
mod case_24_honest;
mod case_25_ladder;
mod case_26_authors;
mod case_31_maintenance;
mod case_33_registration_id;
mod case_34_consent;
mod case_35_brands;
mod case_36_roles;
