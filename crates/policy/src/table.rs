//! The decision table: every combination of purpose, category, role and act has a cell, so that a check of all cells is
//! a proof and not a sample.

use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

/// A set of facts that must hold together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FactSet(u32);

impl FactSet {
    /// The set with one fact.
    pub const fn one(kind: FactKind) -> Self {
        FactSet(1 << kind.index())
    }

    /// The set with `kind` added.
    #[must_use]
    pub const fn with(self, kind: FactKind) -> Self {
        FactSet(self.0 | (1 << kind.index()))
    }

    /// True when every fact of `other` is in this set.
    pub const fn contains(self, other: FactSet) -> bool {
        self.0 & other.0 == other.0
    }

    /// The facts of both sets.
    #[must_use]
    pub const fn union(self, other: FactSet) -> Self {
        FactSet(self.0 | other.0)
    }

    /// The set with `kind` taken out.
    #[must_use]
    pub const fn without(self, kind: FactKind) -> Self {
        FactSet(self.0 & !(1 << kind.index()))
    }

    /// True when no fact is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The facts in it.
    pub fn iter(self) -> impl Iterator<Item = FactKind> {
        FactKind::ALL.iter().copied().filter(move |kind| self.contains(FactSet::one(*kind)))
    }
}

impl std::fmt::Debug for FactSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// One way to be allowed: a rule, and the facts it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// The rule's place in [`DecisionTable::rules`].
    pub rule: u16,
    /// The facts that must hold together.
    pub needs: FactSet,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No rule speaks of it.
    Silent,
    /// A `never` line refuses it; its place in [`DecisionTable::nevers`].
    Never(u16),
    /// Allowed when the facts of one of these ways hold.
    Allowed(Vec<Way>),
}

/// All cells, and the names of the rules they refer to.
#[derive(Debug)]
pub struct DecisionTable {
    cells: Vec<Cell>,
    rules: Vec<String>,
    nevers: Vec<String>,
    /// By purpose and kind of fact: the other kinds that some rule asks for beside it.
    companions: Vec<FactSet>,
}

/// Which cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CellKey {
    /// For what.
    pub purpose: PurposeId,
    /// Which kind of data.
    pub category: CategoryId,
    /// By whom.
    pub role: Role,
    /// What is done with it.
    pub act: Act,
}

impl CellKey {
    /// Every combination there is.
    pub fn all() -> impl Iterator<Item = CellKey> {
        PurposeId::ALL.iter().flat_map(|&purpose| {
            CategoryId::ALL.iter().flat_map(move |&category| {
                Role::ALL.iter().flat_map(move |&role| {
                    Act::ALL.iter().map(move |&act| CellKey { purpose, category, role, act })
                })
            })
        })
    }

    const fn index(self) -> usize {
        ((self.purpose.index() * CategoryId::COUNT + self.category.index()) * Role::COUNT + self.role.index())
            * Act::COUNT
            + self.act.index()
    }
}

impl DecisionTable {
    pub(crate) fn new(rules: Vec<String>, nevers: Vec<String>) -> Self {
        let size = PurposeId::COUNT * CategoryId::COUNT * Role::COUNT * Act::COUNT;
        let companions = vec![FactSet::default(); PurposeId::COUNT * FactKind::COUNT];
        DecisionTable { cells: vec![Cell::Silent; size], rules, nevers, companions }
    }

    /// Notes which facts are asked for together, so that the gate looks up no others.
    pub(crate) fn note_companions(&mut self) {
        for key in CellKey::all() {
            let Cell::Allowed(ways) = &self.cells[key.index()] else { continue };
            for way in ways {
                for kind in way.needs.iter() {
                    let place = key.purpose.index() * FactKind::COUNT + kind.index();
                    self.companions[place] = self.companions[place].union(way.needs.without(kind));
                }
            }
        }
    }

    /// The kinds of facts that some rule for `purpose` asks for together with `kind`.
    #[inline]
    pub fn companions(&self, purpose: PurposeId, kind: FactKind) -> FactSet {
        self.companions[purpose.index() * FactKind::COUNT + kind.index()]
    }

    /// What the cell says.
    #[inline]
    pub fn cell(&self, key: CellKey) -> &Cell {
        &self.cells[key.index()]
    }

    pub(crate) fn cell_mut(&mut self, key: CellKey) -> &mut Cell {
        &mut self.cells[key.index()]
    }

    /// The identifiers of the rules, in the order of the file.
    pub fn rules(&self) -> &[String] {
        &self.rules
    }

    /// The identifiers of the `never` lines, in the order of the file.
    pub fn nevers(&self) -> &[String] {
        &self.nevers
    }

    /// Decides with the facts that hold: the rule that allows, or the reason for the refusal.
    #[inline]
    pub fn decide(&self, key: CellKey, facts: FactSet) -> Result<u16, Denied> {
        match self.cell(key) {
            Cell::Silent => Err(Denied::Silent),
            Cell::Never(line) => Err(Denied::Never(*line)),
            Cell::Allowed(ways) => ways
                .iter()
                .find(|way| facts.contains(way.needs))
                .map(|way| way.rule)
                .ok_or(Denied::FactsMissing),
        }
    }

    /// The first cell in which this table allows more than `bound`: another cell, or the same with fewer facts.
    pub fn first_wider_cell(&self, bound: &DecisionTable) -> Option<CellKey> {
        CellKey::all().find(|key| match (self.cell(*key), bound.cell(*key)) {
            (Cell::Silent | Cell::Never(_), _) => false,
            (Cell::Allowed(_), Cell::Silent | Cell::Never(_)) => true,
            (Cell::Allowed(mine), Cell::Allowed(theirs)) => {
                mine.iter().any(|way| !theirs.iter().any(|bound| way.needs.contains(bound.needs)))
            }
        })
    }
}

/// Why the table refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// No rule allows it.
    Silent,
    /// A `never` line refuses it.
    Never(u16),
    /// A rule would allow it with other facts.
    FactsMissing,
}
