//! What does a sentence add to facts that are told already?
//!
//! ```text
//! Kerry met Lavrov.  The meeting was attended by Zarif.          ─►   attendee: Zarif
//! Trump will meet Kim.  The summit will be held in Singapore.    ─►   place: Singapore
//! The summit between Iran and Oman … Rouhani and Qaboos meet.    ─►   one summit, of the two men
//! Kerry flew to Geneva and met Lavrov.                           ─►   place of the meeting: Geneva
//! ```

use super::{Assembly, Record};
use crate::entity::{EntityId, EntityKind};
use crate::hash::FastMap;
use crate::relation::{Argument, Relation};
use crate::rules::folding::{Found, add, may_add, same_lands};
use crate::rules::stage::{Extent, Stage};
use crate::rules::{RoleOf, Slot, nearby};

/// Among how many of the latest records the encounter is looked for that a definite noun means.
const REMEMBERED: usize = 24;
/// How many sentences after a journey its place may be that of an encounter.
const SOON: u32 = 2;
/// How far before its clause a place may stand that "the city" means, in tokens.
const SPOKEN_OF: u32 = 80;

/// Which country each entity is, or leads as its one president, king or premier.
/// `speaks` tells which roles count.
pub(super) fn lands(stage: &Stage<'_>, speaks: impl Fn(&RoleOf) -> bool) -> FastMap<u32, u32> {
    let mut lands = FastMap::default();
    for slot in stage.slots {
        let &[entity] = &slot.entities[..] else { continue };
        if slot.ty == EntityKind::Country {
            lands.insert(entity, entity);
        } else if let Some(country) = slot.role.as_ref().filter(|r| speaks(r)).and_then(|r| r.country) {
            // Whoever is told of as of two countries speaks for neither.
            let known = *lands.entry(entity).or_insert(country);
            if known != country {
                lands.insert(entity, u32::MAX);
            }
        }
    }
    lands.retain(|_, land| *land != u32::MAX);
    lands
}

impl Assembly<'_, '_> {
    fn is_summit(&self, sense: u32) -> bool {
        self.stage.program.lexicon.senses.get(sense as usize).is_some_and(|s| s.is("session"))
    }

    /// The encounter of countries that was told of as one of those who act for them, or the other way round: of a summit
    /// their leaders, of talks whoever's office is theirs. The sides are kept as the people.
    pub(super) fn same_sides(&mut self, found: &mut Found, first: &str, sense: u32) -> Option<usize> {
        let summit = self.is_summit(sense);
        let lands = if summit { &self.lands } else { &self.offices };
        let land = |entity: u32| lands.get(&entity).copied();
        let sides = |r: &'_ Relation| -> Vec<u32> {
            r.arguments.iter().filter(|a| a.role == first).map(|a| a.entity.0).collect()
        };
        let countries = |r: &Relation| sides(r).into_iter().all(|e| land(e) == Some(e));
        let known = sides(&found.relation).into_iter().filter_map(|e| self.sides.get(&land(e)?)).flatten().copied();
        let same = |i: &usize| {
            let record = &self.records[*i];
            let both = summit && record.senses.iter().any(|s| self.is_summit(*s));
            let differ = countries(&record.found.relation) != countries(&found.relation);
            (both || differ) && same_lands(&record.found, found, first, &land, usize::from(both))
        };
        let index = known.filter(same).max()?;
        let people = |r: &Relation| sides(r).into_iter().any(|e| land(e) != Some(e));
        let (told_people, known_people) = (people(&found.relation), people(&self.records[index].found.relation));
        let record = &mut self.records[index].found.relation;
        if known_people || !told_people {
            found.relation.arguments.retain(|a| a.role != first);
        } else {
            record.arguments.retain(|a| a.role != first);
        }
        Some(index)
    }

    pub(super) fn note_sides(&mut self, index: usize, first: &str) {
        let sides = self.records[index].found.relation.arguments.iter().filter(|a| a.role == first);
        let lands: Vec<u32> = sides.filter_map(|a| self.offices.get(&a.entity.0).copied()).collect();
        for land in lands {
            let all = self.sides.entry(land).or_default();
            if all.last() != Some(&index) {
                all.push(index);
            }
            if all.len() > REMEMBERED {
                all.remove(0);
            }
        }
    }

    /// «حضر اللقاء», "the summit will be held in Oslo": what is told of an encounter that was told before. `sense` is
    /// that of its noun.
    pub(super) fn attend(&mut self, mut found: Found, sense: u32) -> Result<usize, &'static str> {
        let fits = |r: &Record| r.content.is_none() && may_add(&r.found, &found);
        let recent = || self.records.iter().enumerate().rev().take(REMEMBERED).filter(|(_, r)| fits(r));
        let same = recent().find(|(_, r)| r.senses.contains(&sense));
        // "The meeting" may be any; "the summit" is none of the talks beside it.
        let summit = self.is_summit(sense);
        let last = same.or_else(|| recent().find(|_| !summit)).map(|(i, _)| i);
        let index = last.ok_or("no encounter has been told of")?;
        let record = &mut self.records[index];
        let known = &record.found.relation.arguments;
        found.relation.arguments.retain(|new| new.role != "attendee" || !known.iter().any(|a| a.entity == new.entity));
        record.tellings.push(found.relation.trigger);
        add(&mut record.found, found);
        Ok(index)
    }

    /// «سيزور موسكو ويلتقي بوتين»: whom one goes to see one sees there; also where that is told in the sentences after.
    pub(super) fn where_the_journey_goes(&mut self, sentence: u32) {
        let first = |r: &Relation, role: &str| r.arguments.iter().find(|a| a.role == role).cloned();
        let goal = self.here.iter().find_map(|&i| {
            let relation = &self.records[i].found.relation;
            Some((i, first(relation, "destination")?))
        });
        if let Some((index, goal)) = &goal {
            self.journey = Some((*index, goal.clone(), sentence));
        }
        let Some((journey, goal, told)) = self.journey.clone() else { return };
        if sentence - told > SOON {
            return;
        }
        let of = &self.records[journey].found.relation;
        let travellers: Vec<EntityId> = of.arguments.iter().filter(|a| a.role == "visitor").map(|a| a.entity).collect();
        let modality = of.modality;
        for &i in &self.here {
            let Record { found: Found { relation, .. }, rule, .. } = &mut self.records[i];
            let placed = first(relation, "place").is_some() || first(relation, "destination").is_some();
            let same = relation.arguments.iter().any(|a| travellers.contains(&a.entity));
            let alone = relation.arguments.len() < 2;
            let here = if told == sentence { same || alone } else { same && relation.modality == modality };
            let rule = &self.stage.program.rules[*rule as usize];
            if !placed && here && rule.emit.slots("place").next().is_some() {
                relation.arguments.push(Argument { role: "place".to_owned(), ..goal.clone() });
            }
        }
    }

    /// "Speaking to reporters, he said", «قال في تصريحات لرويترز»: the addressee of what the sentence's speakers say.
    pub(super) fn whom_it_is_told(&mut self, sentence: u32) {
        if self.said.is_empty() {
            return;
        }
        let Some(slot) = nearby::addressee(self.stage, sentence) else { return };
        for &i in &self.said {
            let relation = &mut self.records[i].found.relation;
            let known = relation
                .arguments
                .iter()
                .any(|a| a.role == "addressee" || (a.role == "speaker" && slot.entities.contains(&a.entity.0)));
            if !known {
                let argument = |&e| Argument { role: "addressee".to_owned(), entity: EntityId(e), span: slot.head };
                relation.arguments.extend(slot.entities.iter().map(argument));
            }
        }
    }

    /// "He visited the country", «غادر البلاد»: the place that the text spoke of last.
    pub(super) fn place_spoken_of(&self, trigger: u32) -> Option<&Slot> {
        let stage = self.stage;
        let upto = stage.extents.partition_point(|e| e.lo < trigger);
        let near = |e: &&Extent| e.lo + SPOKEN_OF >= trigger;
        let mut before = stage.extents[..upto].iter().rev().take_while(near).map(|e| stage.slot(*e));
        before.find(|slot| !slot.nested && nearby::is_place(slot))
    }
}
