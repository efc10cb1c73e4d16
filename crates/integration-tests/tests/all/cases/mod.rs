//! The acceptance cases of the trade by their numbers, on the real binary where a person would see them.

mod case_20_screening;
